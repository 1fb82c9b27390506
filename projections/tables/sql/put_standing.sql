-- Where occurrences stand, each row in the place of the one before.
INSERT INTO forthwith_read.standing{beside} AS kept
SELECT * FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::text[], $11::text[], $12::timestamptz[], $13::date[], $14::date[], $15::timestamptz[], $16::text[],
    $17::timestamptz[], $18::boolean[], $19::integer[], $20::integer[]
)
ON CONFLICT (occurrence) DO UPDATE SET
    notice = excluded.notice, obligation = excluded.obligation, period = excluded.period, clause = excluded.clause,
    title = excluded.title, kind = excluded.kind, strength = excluded.strength, obligor = excluded.obligor,
    obligee = excluded.obligee, assignee = excluded.assignee, opens = excluded.opens,
    first_due_on = excluded.first_due_on, due_on = excluded.due_on, due = excluded.due, settled = excluded.settled,
    met_at = excluded.met_at, came_late = excluded.came_late, corrections = excluded.corrections,
    version = excluded.version
