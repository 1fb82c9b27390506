-- Keys that programs carry. Outside the record, because they are revoked; of a secret there is only its SHA-256.
CREATE TABLE forthwith.tokens (
    id uuid PRIMARY KEY,
    digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
    person text NOT NULL CHECK (person <> ''),
    label text NOT NULL CHECK (label <> ''),
    scopes text[] NOT NULL CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'act', 'audit']),
    notice text CHECK (notice <> ''),
    created timestamptz NOT NULL,
    expires timestamptz NOT NULL CHECK (expires > created),
    revoked timestamptz
);

CREATE FUNCTION forthwith.create_token(
    of_id uuid, of_digest bytea, of_person text, of_label text, of_scopes text[], of_notice text,
    created_at timestamptz, expires_at timestamptz
) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO forthwith.tokens (id, digest, person, label, scopes, notice, created, expires)
    VALUES (of_id, of_digest, of_person, of_label, of_scopes, of_notice, created_at, expires_at)
    ON CONFLICT (id) DO NOTHING
$$;
REVOKE ALL ON FUNCTION forthwith.create_token FROM PUBLIC;

-- The first revocation stays the one that is told.
CREATE FUNCTION forthwith.revoke_token(of_id uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE forthwith.tokens SET revoked = coalesce(revoked, now()) WHERE id = of_id RETURNING true
$$;
REVOKE ALL ON FUNCTION forthwith.revoke_token FROM PUBLIC;
