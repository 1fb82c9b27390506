-- The events of one notice ($1: its own stream, or null), of the streams that begin like $2, and of one type ($3, or any),
-- in order. Streams are found by their names, so that no other notice is read. And what is kept outside the record of them,
-- as rows with the position negated (see read_stream).
(
    SELECT index, canonical, leaf FROM forthwith.events
    WHERE (stream = $1 OR (stream >= $2::text COLLATE "C" AND stream < ($2::text || chr(1114111)) COLLATE "C"))
        AND ($3::text IS NULL OR type = $3)
    ORDER BY index
)
UNION ALL
SELECT -kept.index, kept.nonce || kept.ciphertext, subject_keys.key
FROM forthwith.personal_values AS kept
JOIN forthwith.subject_keys ON subject_keys.subject = kept.subject
WHERE (kept.stream = $1 OR (kept.stream >= $2::text COLLATE "C" AND kept.stream < ($2::text || chr(1114111)) COLLATE "C"))
    AND ($3::text IS NULL OR EXISTS (
        SELECT FROM forthwith.events WHERE events.index = kept.index AND events.type = $3
    ))
