-- What the person in whose name is read has written of one report and not sent yet, with the key that it is sealed with.
SELECT kept.section, kept.text, kept.nonce || kept.ciphertext AS sealed, subject_keys.key, kept.nil, kept.changed_at
FROM forthwith.report_drafts AS kept
LEFT JOIN forthwith.subject_keys ON subject_keys.subject = 'person/' || kept.person
WHERE kept.person = $1 AND kept.occurrence = $2
