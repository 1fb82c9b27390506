-- One row: whether this store holds the real world or a simulated one, and by which clock.
CREATE TABLE forthwith.instance (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    mode text NOT NULL CHECK (mode IN ('live', 'simulated')),
    clock jsonb NOT NULL
);
INSERT INTO forthwith.instance (mode, clock)
VALUES ('live', '{"origin_domain": null, "origin_real": null, "speed": 1}');
