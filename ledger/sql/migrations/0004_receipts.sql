-- One row per command ever recorded. It makes a repeated command answer with its first receipt, and shows when a
-- command id is used again for something else (`digest` covers what the command says).
CREATE TABLE forthwith.receipts (
    command_id uuid PRIMARY KEY,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    first_index bigint NOT NULL,
    last_index bigint NOT NULL,
    recorded timestamptz NOT NULL,
    CHECK (first_index BETWEEN 1 AND last_index)
);
