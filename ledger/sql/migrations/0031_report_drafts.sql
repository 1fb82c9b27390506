-- Reports that somebody is writing: one row for each section. No part of the record: it is kept from one visit to the next,
-- for whoever writes it alone, and goes with the submission or after a time.
CREATE TABLE forthwith.report_drafts (
    person text COLLATE "C" NOT NULL CHECK (person <> ''),
    occurrence text COLLATE "C" NOT NULL CHECK (occurrence <> ''),
    section text COLLATE "C" NOT NULL CHECK (section <> ''),
    text text NOT NULL,
    nil boolean NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (person, occurrence, section)
);

-- What has not been touched for a time is found without looking at everything.
CREATE INDEX report_drafts_by_age ON forthwith.report_drafts (changed_at);

-- What somebody has written of one report, once whatever nobody has touched for so long is gone, whoever wrote it.
CREATE FUNCTION forthwith.drafts_of(of_person text, of_occurrence text, kept_for interval)
RETURNS TABLE (section text, text text, nil boolean, changed_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    DELETE FROM forthwith.report_drafts AS old WHERE old.changed_at < clock_timestamp() - kept_for;
    RETURN QUERY SELECT kept.section, kept.text, kept.nil, kept.changed_at FROM forthwith.report_drafts AS kept
        WHERE kept.person = of_person AND kept.occurrence = of_occurrence;
END
$$;
REVOKE ALL ON FUNCTION forthwith.drafts_of FROM PUBLIC;

-- The newest words of a section win.
CREATE FUNCTION forthwith.keep_draft(of_person text, of_occurrence text, of_section text, new_text text, is_nil boolean)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO forthwith.report_drafts (person, occurrence, section, text, nil)
    VALUES (of_person, of_occurrence, of_section, new_text, is_nil)
    ON CONFLICT (person, occurrence, section)
    DO UPDATE SET text = excluded.text, nil = excluded.nil, changed_at = clock_timestamp()
$$;
REVOKE ALL ON FUNCTION forthwith.keep_draft FROM PUBLIC;

-- The report was sent, or is not to be written after all.
CREATE FUNCTION forthwith.discard_draft(of_person text, of_occurrence text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM forthwith.report_drafts WHERE person = of_person AND occurrence = of_occurrence
$$;
REVOKE ALL ON FUNCTION forthwith.discard_draft FROM PUBLIC;
