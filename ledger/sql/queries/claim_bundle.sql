-- Lend everything of one bundle that is due.
SELECT id, index, kind, key, payload, attempts, queued FROM forthwith.claim_bundle($1, $2)
