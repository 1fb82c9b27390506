-- Whoever still has rows in hand holds them longer. So a lease can be short, and what a killed worker held is soon
-- lent again. A row that was settled or put back meanwhile stays as it is.
CREATE FUNCTION forthwith.renew_outbox(ids bigint[], lease_seconds double precision) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE forthwith.outbox SET leased_until = clock_timestamp() + make_interval(secs => lease_seconds)
    WHERE id = ANY (ids) AND settled_at IS NULL AND leased_until IS NOT NULL
$$;
REVOKE ALL ON FUNCTION forthwith.renew_outbox FROM PUBLIC;
