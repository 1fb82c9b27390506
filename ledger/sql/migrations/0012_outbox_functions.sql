-- Lends rows that are due, oldest first. A row whose lease ends unsettled is lent again; two workers never get the
-- same row at the same time, and neither waits for the other.
CREATE FUNCTION forthwith.claim_outbox(wanted_kind text, at_most integer, lease_seconds double precision)
RETURNS TABLE (id bigint, index bigint, kind text, key text, payload jsonb, attempts integer, queued timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH chosen AS MATERIALIZED (
        SELECT waiting.id FROM forthwith.outbox AS waiting
        WHERE waiting.kind = wanted_kind AND waiting.settled_at IS NULL AND waiting.due <= clock_timestamp()
            AND (waiting.leased_until IS NULL OR waiting.leased_until <= clock_timestamp())
        ORDER BY waiting.due, waiting.id
        LIMIT at_most
        FOR UPDATE SKIP LOCKED
    ), lent AS (
        UPDATE forthwith.outbox AS item
        SET attempts = item.attempts + 1, leased_until = clock_timestamp() + make_interval(secs => lease_seconds)
        FROM chosen WHERE item.id = chosen.id
        RETURNING item.id, item.index, item.kind, item.key, item.payload, item.attempts, item.queued, item.due
    )
    SELECT lent.id, lent.index, lent.kind, lent.key, lent.payload, lent.attempts, lent.queued
    FROM lent ORDER BY lent.due, lent.id
$$;
REVOKE ALL ON FUNCTION forthwith.claim_outbox FROM PUBLIC;

-- They are done, and stay so: settling twice changes nothing.
CREATE FUNCTION forthwith.settle_outbox(ids bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE forthwith.outbox SET settled_at = clock_timestamp(), leased_until = NULL
    WHERE id = ANY (ids) AND settled_at IS NULL
$$;
REVOKE ALL ON FUNCTION forthwith.settle_outbox FROM PUBLIC;

-- Try again after a while, remembering why it failed.
CREATE FUNCTION forthwith.put_back_outbox(item_id bigint, wait_seconds double precision, fault text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE forthwith.outbox
    SET due = clock_timestamp() + make_interval(secs => wait_seconds), leased_until = NULL, last_fault = fault
    WHERE id = item_id AND settled_at IS NULL
$$;
REVOKE ALL ON FUNCTION forthwith.put_back_outbox FROM PUBLIC;
