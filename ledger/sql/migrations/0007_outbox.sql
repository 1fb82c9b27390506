-- What still has to be done because of recorded acts. Settled rows stay, so that the same key is never queued twice.
CREATE TABLE forthwith.outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    index bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('poke', 'message')),
    key text NOT NULL CHECK (key <> ''),
    payload jsonb NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    queued timestamptz NOT NULL,
    due timestamptz NOT NULL,
    leased_until timestamptz,
    settled_at timestamptz,
    last_fault text,
    UNIQUE (kind, key)
);

-- Looking for work stays fast however many rows are settled.
CREATE INDEX outbox_waiting ON forthwith.outbox (kind, due, id) WHERE settled_at IS NULL;
