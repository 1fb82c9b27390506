-- How many keys of events, or of these people, seal nothing: neither what is recorded nor what they are writing.
SELECT count(*) FROM forthwith.subject_keys
WHERE (subject LIKE 'event/%' OR (subject = ANY ($1::text[]) AND forthwith.count_drafts(substring(subject FROM 8)) = 0))
    AND NOT EXISTS (SELECT FROM forthwith.personal_values WHERE personal_values.subject = subject_keys.subject)
