-- The record. `canonical` is what was recorded, byte for byte, and `leaf` its hash; all other columns are copies
-- of what the bytes say, kept for searching and cross-checked by the verifier.
CREATE TABLE forthwith.events (
    index bigint PRIMARY KEY CHECK (index > 0),
    stream text COLLATE "C" NOT NULL CHECK (stream <> ''),
    version integer NOT NULL CHECK (version > 0),
    type text NOT NULL CHECK (type <> ''),
    recorded timestamptz NOT NULL,
    effective timestamptz NOT NULL,
    notice text,
    obligation text,
    occurrence text,
    rung text,
    actor text NOT NULL CHECK (actor <> ''),
    command_id uuid NOT NULL,
    event_id uuid NOT NULL UNIQUE,
    canonical bytea NOT NULL CHECK (octet_length(canonical) <= 65535),
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
    UNIQUE (stream, version)
);
