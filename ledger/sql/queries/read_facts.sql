-- The bytes of the events after a position, in order, for whoever replays what they mean; and what is kept outside the record
-- of them, as rows with the position negated (see read_stream).
(SELECT index, canonical, NULL::bytea AS key FROM forthwith.events WHERE index > $1 ORDER BY index LIMIT $2)
UNION ALL
SELECT -kept.index, kept.nonce || kept.ciphertext, subject_keys.key
FROM forthwith.personal_values AS kept
JOIN forthwith.subject_keys ON subject_keys.subject = kept.subject
WHERE kept.index > $1 AND kept.index <= $1 + $2
