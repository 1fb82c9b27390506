-- How far each stream has come: the version that the next writer must expect.
CREATE TABLE forthwith.streams (
    stream text COLLATE "C" PRIMARY KEY CHECK (stream <> ''),
    version integer NOT NULL CHECK (version > 0)
);
