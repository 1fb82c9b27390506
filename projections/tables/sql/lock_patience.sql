-- How long this transaction waits for a lock before it gives up.
SET LOCAL lock_timeout = '2s'
