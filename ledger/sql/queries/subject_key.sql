-- The key that is kept for a subject.
SELECT key FROM forthwith.subject_keys WHERE subject = $1
