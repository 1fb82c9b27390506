-- What is kept outside the record, by position: of one subject or one event or one notice, or of all ('' or 0 leave it open).
-- The key says whether it can still be opened.
SELECT kept.index, kept.digest, kept.subject, kept.nonce || kept.ciphertext AS sealed, subject_keys.key,
    events.type, events.actor, events.notice, events.recorded
FROM forthwith.personal_values AS kept
JOIN forthwith.events ON events.index = kept.index
LEFT JOIN forthwith.subject_keys ON subject_keys.subject = kept.subject
WHERE ($1::text = '' OR kept.subject = $1 OR events.actor = $1)
    AND ($2::bigint = 0 OR kept.index = $2)
    AND ($3::text = '' OR events.notice = $3)
ORDER BY kept.index, kept.digest
