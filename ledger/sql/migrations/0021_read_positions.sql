-- How far each read model has come. It moves in the transaction that changes the rows, so that every event counts once.
-- `alarm`: why it stands still. `proven_at`: when a second build from the record last came out equal, byte for byte,
-- up to `proven_index`; `digests` are those of its tables at that moment.
CREATE TABLE forthwith_read.positions (
    projection text COLLATE "C" PRIMARY KEY,
    position bigint NOT NULL DEFAULT 0 CHECK (position >= 0),
    moved timestamptz,
    alarm text,
    alarmed timestamptz,
    proven_at timestamptz,
    proven_index bigint,
    digests jsonb
);
INSERT INTO forthwith_read.positions (projection)
VALUES ('standing'), ('tasks'), ('deliveries'), ('chronology'), ('considerations');

-- Events that a read model could not take, and those of the same stream that wait behind them (their fault is null).
-- `stream` is whose rows stand still: an occurrence's, or a notice's with everything under it.
CREATE TABLE forthwith_read.parked (
    projection text COLLATE "C" NOT NULL REFERENCES forthwith_read.positions,
    index bigint NOT NULL,
    stream text COLLATE "C" NOT NULL,
    fault text,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (projection, index, stream)
);
CREATE INDEX parked_by_stream ON forthwith_read.parked (projection, stream, index);
