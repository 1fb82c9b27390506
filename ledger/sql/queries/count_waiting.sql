-- How many rows of one kind are not settled yet, lent ones included.
SELECT count(*) AS waiting FROM forthwith.outbox WHERE kind = $1 AND settled_at IS NULL
