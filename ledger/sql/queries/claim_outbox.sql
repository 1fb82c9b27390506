-- Lend due rows of one kind to one worker.
SELECT id, index, kind, key, payload, attempts, queued FROM forthwith.claim_outbox($1, $2, $3)
