-- Everything of the permanent record lives in one schema; nothing of it is in `public`.
CREATE SCHEMA forthwith;
REVOKE ALL ON SCHEMA forthwith FROM PUBLIC;

-- Which of these files were applied, and what they said at the time, so that a changed file is noticed.
CREATE TABLE forthwith.migrations (
    name text PRIMARY KEY,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    applied timestamptz NOT NULL DEFAULT clock_timestamp()
);
