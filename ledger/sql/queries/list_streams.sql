-- The version of every stream whose name starts with a prefix; U+10FFFF sorts behind every other character.
SELECT stream, version FROM forthwith.streams
WHERE stream >= $1::text COLLATE "C" AND stream < ($1::text || chr(1114111)) COLLATE "C"
ORDER BY stream
