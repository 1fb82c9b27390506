-- All events of a notice and of what is owed under it, up to a place in the record, in its order.
-- The second condition finds them by their streams; U+10FFFF sorts behind every other character.
SELECT index, canonical FROM forthwith.events
WHERE (stream = 'notice/' || $1
    OR (stream >= ('occ/' || $1 || '/') COLLATE "C" AND stream < ('occ/' || $1 || '/' || chr(1114111)) COLLATE "C"))
    AND index <= $2
ORDER BY index
