-- How people are reached. Outside the record, because an address must be erasable.
CREATE TABLE forthwith.directory (
    person text PRIMARY KEY CHECK (person <> ''),
    address text NOT NULL CHECK (address <> ''),
    changed_at timestamptz NOT NULL
);
