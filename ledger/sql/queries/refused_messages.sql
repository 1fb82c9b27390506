-- How many messages wait after they have been refused for now.
SELECT count(*) AS refused FROM forthwith.outbox
WHERE kind = 'message' AND settled_at IS NULL AND last_fault IS NOT NULL
