-- What is kept outside the record, with its key (null where it was destroyed), for verification.
SELECT kept.index, kept.digest, kept.nonce || kept.ciphertext AS sealed, subject_keys.key
FROM forthwith.personal_values AS kept
LEFT JOIN forthwith.subject_keys ON subject_keys.subject = kept.subject
ORDER BY kept.index, kept.digest
