-- What programs have sent with which key goes when no retry can be meant any more.
CREATE INDEX requests_by_age ON forthwith.requests (sent);

DROP FUNCTION forthwith.keep_request;

-- Says what a key stands for, and returns what it does. Until something was done under it the newest words count; after
-- that the first do, unless `done_now` says that these are the ones that led to it. A receipt is as good as having said so.
-- What was not sent for so long is swept away, by whoever comes first. Null where something was done under the key and its
-- words are forgotten: nobody can say any more whether this is the same request, so it must be taken for no repetition.
CREATE FUNCTION forthwith.keep_request(of_command uuid, of_digest bytea, done_now boolean, kept_for interval) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    stands_for bytea;
BEGIN
    DELETE FROM forthwith.requests WHERE ctid IN (
        SELECT ctid FROM forthwith.requests WHERE sent < clock_timestamp() - kept_for LIMIT 1000 FOR UPDATE SKIP LOCKED
    );
    -- One question, so that it is answered of one moment: the words are always kept before anything is done.
    IF NOT done_now AND NOT EXISTS (SELECT FROM forthwith.requests WHERE command_id = of_command)
        AND (EXISTS (SELECT FROM forthwith.receipts WHERE command_id = of_command)
            OR EXISTS (SELECT FROM forthwith.outside_links WHERE id = of_command))
    THEN
        RETURN NULL;
    END IF;
    INSERT INTO forthwith.requests (command_id, digest, done) VALUES (of_command, of_digest, done_now)
    ON CONFLICT (command_id) DO UPDATE SET
        digest = CASE
            WHEN done_now
                OR NOT (requests.done OR EXISTS (SELECT FROM forthwith.receipts WHERE command_id = of_command))
            THEN excluded.digest ELSE requests.digest END,
        done = requests.done OR done_now,
        sent = excluded.sent
    RETURNING digest INTO stands_for;
    RETURN stands_for;
END
$$;
REVOKE ALL ON FUNCTION forthwith.keep_request FROM PUBLIC;
