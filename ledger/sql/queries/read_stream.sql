-- The events of one stream after a version, in order; and what is kept outside the record of them, as rows with the
-- position negated, nonce and ciphertext in place of the bytes, and the key in place of the leaf. A join would be paid for
-- by every event that has none.
SELECT index, canonical, leaf, version AS place FROM forthwith.events WHERE stream = $1 AND version > $2
UNION ALL
SELECT -kept.index, kept.nonce || kept.ciphertext, subject_keys.key, 0
FROM forthwith.personal_values AS kept
JOIN forthwith.subject_keys ON subject_keys.subject = kept.subject
WHERE kept.stream = $1 AND kept.version > $2
ORDER BY place
