-- The bytes of the events of one stream after a version, in order; and what is kept outside the record of them, as rows with
-- the position negated (see read_stream).
SELECT index, canonical, NULL::bytea AS key, version AS place FROM forthwith.events WHERE stream = $1 AND version > $2
UNION ALL
SELECT -kept.index, kept.nonce || kept.ciphertext, subject_keys.key, 0
FROM forthwith.personal_values AS kept
JOIN forthwith.subject_keys ON subject_keys.subject = kept.subject
WHERE kept.stream = $1 AND kept.version > $2
ORDER BY place
