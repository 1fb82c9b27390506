-- What is kept outside the record and can be opened, of whole events, so many positions after one that have something.
SELECT kept.index, kept.nonce || kept.ciphertext AS sealed, subject_keys.key
FROM forthwith.personal_values AS kept
JOIN forthwith.subject_keys ON subject_keys.subject = kept.subject
WHERE kept.index IN (
    SELECT DISTINCT next.index FROM forthwith.personal_values AS next WHERE next.index > $1 ORDER BY next.index LIMIT $2
)
ORDER BY kept.index, kept.digest
