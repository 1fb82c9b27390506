-- Notices that somebody is drafting, each as the text of its file. No part of the record: a draft belongs to a role under a
-- notice (`owner`, written notice/role), is read by whoever holds that role, and goes after a time.
CREATE TABLE forthwith.notice_drafts (
    draft uuid PRIMARY KEY,
    owner text COLLATE "C" NOT NULL CHECK (owner <> ''),
    title text NOT NULL CHECK (length(title) <= 300),
    text text NOT NULL CHECK (octet_length(text) <= 256000),
    changed_by text COLLATE "C" NOT NULL CHECK (changed_by <> ''),
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The drafts of a role, and those which nobody has touched for a time, are found without looking at everything.
CREATE INDEX notice_drafts_by_owner ON forthwith.notice_drafts (owner);
CREATE INDEX notice_drafts_by_age ON forthwith.notice_drafts (changed_at);

-- What some roles have in hand, newest first, once whatever nobody has touched for so long is gone, whosever it was.
CREATE FUNCTION forthwith.notice_drafts_of(of_owners text[], kept_for interval)
RETURNS TABLE (draft uuid, owner text, title text, changed_by text, changed_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    DELETE FROM forthwith.notice_drafts AS old WHERE old.changed_at < clock_timestamp() - kept_for;
    RETURN QUERY SELECT kept.draft, kept.owner, kept.title, kept.changed_by, kept.changed_at
        FROM forthwith.notice_drafts AS kept
        WHERE kept.owner = ANY (of_owners) ORDER BY kept.changed_at DESC, kept.draft;
END
$$;
REVOKE ALL ON FUNCTION forthwith.notice_drafts_of FROM PUBLIC;

-- One of them with its text.
CREATE FUNCTION forthwith.notice_draft(of_draft uuid, of_owners text[])
RETURNS TABLE (draft uuid, owner text, title text, text text, changed_by text, changed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT kept.draft, kept.owner, kept.title, kept.text, kept.changed_by, kept.changed_at
    FROM forthwith.notice_drafts AS kept WHERE kept.draft = of_draft AND kept.owner = ANY (of_owners)
$$;
REVOKE ALL ON FUNCTION forthwith.notice_draft FROM PUBLIC;

-- Keep a draft, new or written over; false where it is another role's, or where that role has as many as it may have.
CREATE FUNCTION forthwith.keep_notice_draft(
    of_draft uuid, of_owner text, new_title text, new_text text, by_person text, most integer
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('forthwith.notice_drafts', 0));
    UPDATE forthwith.notice_drafts SET title = new_title, text = new_text, changed_by = by_person,
        changed_at = clock_timestamp() WHERE draft = of_draft AND owner = of_owner;
    IF FOUND THEN
        RETURN true;
    END IF;
    IF (SELECT count(*) FROM forthwith.notice_drafts WHERE owner = of_owner) >= most THEN
        RETURN false;
    END IF;
    INSERT INTO forthwith.notice_drafts (draft, owner, title, text, changed_by)
    VALUES (of_draft, of_owner, new_title, new_text, by_person) ON CONFLICT (draft) DO NOTHING;
    RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION forthwith.keep_notice_draft FROM PUBLIC;

-- It is not to be a notice after all.
CREATE FUNCTION forthwith.discard_notice_draft(of_draft uuid, of_owners text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM forthwith.notice_drafts WHERE draft = of_draft AND owner = ANY (of_owners)
$$;
REVOKE ALL ON FUNCTION forthwith.discard_notice_draft FROM PUBLIC;
