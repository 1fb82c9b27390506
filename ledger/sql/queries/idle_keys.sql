-- How many keys of events, or of these people, seal nothing.
SELECT count(*) FROM forthwith.subject_keys
WHERE (subject LIKE 'event/%' OR subject = ANY ($1::text[]))
    AND NOT EXISTS (SELECT FROM forthwith.personal_values WHERE personal_values.subject = subject_keys.subject)
