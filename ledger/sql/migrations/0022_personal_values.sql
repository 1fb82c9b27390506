-- One key for each subject whose values are kept: a person (``person/helen-marsh``) or an event (``event/`` and its id).
-- The first byte says whether what follows is the key itself (0) or the key wrapped by the instance's own (1).
CREATE TABLE forthwith.subject_keys (
    subject text COLLATE "C" PRIMARY KEY CHECK (subject ~ '^(person|event)/.'),
    key bytea NOT NULL CHECK (octet_length(key) IN (33, 61))
);

-- What the record holds commitments to: names, addresses, free text, each sealed with the key of its subject
-- (AES-256-GCM). Outside the record, because it must be erasable. Stream and version are where its event stands.
CREATE TABLE forthwith.personal_values (
    index bigint NOT NULL CHECK (index > 0),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    subject text COLLATE "C" NOT NULL,
    stream text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    nonce bytea NOT NULL CHECK (octet_length(nonce) = 12),
    ciphertext bytea NOT NULL,
    PRIMARY KEY (index, digest)
);

-- Reading a stream finds its values without looking at each event.
CREATE INDEX personal_values_by_stream ON forthwith.personal_values (stream, version);

-- Erasing what is kept of a person finds it without looking at everything.
CREATE INDEX personal_values_by_person ON forthwith.personal_values (subject) WHERE subject LIKE 'person/%';

-- A value is erased or stays as it was written; it is never exchanged, and never all at once.
CREATE TRIGGER personal_values_are_not_changed BEFORE UPDATE OR TRUNCATE ON forthwith.personal_values
    FOR EACH STATEMENT EXECUTE FUNCTION forthwith.refuse_change();
ALTER TABLE forthwith.personal_values ENABLE ALWAYS TRIGGER personal_values_are_not_changed;

-- The same for the keys.
CREATE TRIGGER subject_keys_are_not_changed BEFORE UPDATE OR TRUNCATE ON forthwith.subject_keys
    FOR EACH STATEMENT EXECUTE FUNCTION forthwith.refuse_change();
ALTER TABLE forthwith.subject_keys ENABLE ALWAYS TRIGGER subject_keys_are_not_changed;

-- Personal data is erased by a person, whatever program asks.
ALTER TABLE forthwith.events ADD CONSTRAINT people_erase CHECK (
    actor ~ '^person:' OR type !~ '^(personal-data-erased|retention-rule-set|legal-hold-(placed|lifted))\.v'
);
