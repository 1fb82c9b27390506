-- Answers kept in tables, each made from the record and from nothing else: they may be thrown away and built again.
-- They have a schema of their own, because nothing in it is evidence. What depends on the time of asking is not in them.
CREATE SCHEMA forthwith_read;
REVOKE ALL ON SCHEMA forthwith_read FROM PUBLIC;

-- Where each occurrence stands, as far as that follows from its events. `settled` is `owed` while only time can tell.
CREATE TABLE forthwith_read.standing (
    occurrence text COLLATE "C" PRIMARY KEY,
    notice text NOT NULL,
    obligation text NOT NULL,
    period text NOT NULL,
    clause text NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    strength text NOT NULL,
    obligor text NOT NULL,
    obligee text NOT NULL,
    assignee text NOT NULL,
    opens timestamptz NOT NULL,
    first_due_on date NOT NULL,
    due_on date NOT NULL,
    due timestamptz NOT NULL,
    settled text NOT NULL,
    met_at timestamptz,
    came_late boolean NOT NULL,
    corrections integer NOT NULL,
    version integer NOT NULL
);
CREATE INDEX standing_by_due ON forthwith_read.standing (notice, due);

-- Every task that an occurrence has given to people, those that are over included. A holder of any role may act.
CREATE TABLE forthwith_read.tasks (
    occurrence text COLLATE "C" NOT NULL,
    task text COLLATE "C" NOT NULL,
    notice text NOT NULL,
    clause text NOT NULL,
    title text NOT NULL,
    why text NOT NULL,
    roles text[] NOT NULL,
    opened timestamptz NOT NULL,
    due timestamptz NOT NULL,
    is_open boolean NOT NULL,
    acknowledged_by text,
    acknowledged_at timestamptz,
    claimed_by text,
    refused_by text,
    PRIMARY KEY (occurrence, task)
);
CREATE INDEX open_tasks_by_role ON forthwith_read.tasks USING gin (roles) WHERE is_open;

-- The messages that were called for, and what became of each. `index` is the place of the event that called for it.
CREATE TABLE forthwith_read.deliveries (
    message text COLLATE "C" PRIMARY KEY,
    notice text NOT NULL,
    occurrence text COLLATE "C" NOT NULL,
    index bigint NOT NULL,
    about text NOT NULL,
    person text NOT NULL,
    role text NOT NULL,
    called_for timestamptz NOT NULL,
    delivery text NOT NULL,
    settled_at timestamptz,
    channel text,
    answer text,
    fault text
);
CREATE INDEX deliveries_by_occurrence ON forthwith_read.deliveries (occurrence, index);

-- What happened, one sentence for each event, as it was told when it was recorded. `corrects` is the version of the
-- event of the same stream that it corrects.
CREATE TABLE forthwith_read.chronology (
    index bigint PRIMARY KEY,
    notice text NOT NULL,
    occurrence text COLLATE "C",
    stream text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    type text NOT NULL,
    recorded timestamptz NOT NULL,
    effective timestamptz NOT NULL,
    actor text NOT NULL,
    sentence text NOT NULL,
    corrects integer
);
CREATE INDEX chronology_by_notice ON forthwith_read.chronology (notice, index);
CREATE INDEX chronology_by_occurrence ON forthwith_read.chronology (occurrence, index);
CREATE INDEX chronology_corrections ON forthwith_read.chronology (stream, corrects) WHERE corrects IS NOT NULL;

-- Each consideration of using a power, from its opening to its publication.
CREATE TABLE forthwith_read.considerations (
    occurrence text COLLATE "C" PRIMARY KEY,
    notice text NOT NULL,
    obligation text NOT NULL,
    opened_at timestamptz NOT NULL,
    opened_by text NOT NULL,
    because text NOT NULL,
    invited_until date,
    representations integer NOT NULL,
    answered integer NOT NULL,
    proposed_at timestamptz,
    proposed_option text,
    decided_on date,
    decided_option text,
    reasons text,
    signatories text[] NOT NULL,
    issued_on date,
    published_on date,
    corrected integer NOT NULL
);
