-- The events of one notice ($1: its own stream, or null), of the streams that begin like $2, and of one type ($3, or any),
-- in order. Streams are found by their names, so that no other notice is read.
SELECT index, canonical, leaf FROM forthwith.events
WHERE (stream = $1 OR (stream >= $2::text COLLATE "C" AND stream < ($2::text || chr(1114111)) COLLATE "C"))
    AND ($3::text IS NULL OR type = $3)
ORDER BY index
