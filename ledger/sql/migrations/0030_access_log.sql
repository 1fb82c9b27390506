-- Who was refused what at the desk, who asked for what is not open to them, and who opened what is shown to few. Beside
-- the record and not in it: the record holds what was done, and here stands what was only tried or read. `at` is by the
-- notice's own clock, `noted` by the machine's; `id` makes a note that is sent twice one line.
CREATE TABLE forthwith.access_log (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    at timestamptz NOT NULL,
    noted timestamptz NOT NULL DEFAULT clock_timestamp(),
    person text COLLATE "C" NOT NULL CHECK (person <> ''),
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('refused', 'hidden', 'opened')),
    act text COLLATE "C" NOT NULL,
    notice text COLLATE "C",
    about text,
    sentence text NOT NULL CHECK (sentence <> '')
);

-- The auditor asks what one person tried, and what happened under one notice.
CREATE INDEX access_log_by_person ON forthwith.access_log (person, number);
CREATE INDEX access_log_by_notice ON forthwith.access_log (notice, number);

-- What was noted is never changed or removed.
CREATE TRIGGER access_log_is_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON forthwith.access_log
    FOR EACH STATEMENT EXECUTE FUNCTION forthwith.refuse_change();
ALTER TABLE forthwith.access_log ENABLE ALWAYS TRIGGER access_log_is_permanent;

-- The only way in for the application.
CREATE FUNCTION forthwith.note_access(
    note_id uuid, note_at timestamptz, by_person text, of_kind text, for_act text, under_notice text, note_about text,
    in_words text
) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO forthwith.access_log (id, at, person, kind, act, notice, about, sentence)
    VALUES (note_id, note_at, by_person, of_kind, for_act, under_notice, note_about, in_words)
    ON CONFLICT (id) DO NOTHING
$$;
REVOKE ALL ON FUNCTION forthwith.note_access FROM PUBLIC;
