-- One row: where the log stands. Whoever appends locks it first, so that positions have no holes and the recorded
-- time never goes back; without this lock a follower loses events.
CREATE TABLE forthwith.head (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    size bigint NOT NULL CHECK (size >= 0),
    recorded timestamptz,
    CHECK ((size = 0) = (recorded IS NULL))
);
INSERT INTO forthwith.head (size) VALUES (0);
