-- The tasks of occurrences, each row in the place of the one before.
INSERT INTO forthwith_read.tasks{beside}
SELECT given.occurrence, given.task, given.notice, given.clause, given.title, given.why,
    string_to_array(given.roles, ' '), given.opened, given.due, given.is_open, given.acknowledged_by,
    given.acknowledged_at, given.claimed_by, given.refused_by
FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
    $9::timestamptz[], $10::boolean[], $11::text[], $12::timestamptz[], $13::text[], $14::text[]
) AS given (
    occurrence, task, notice, clause, title, why, roles, opened, due, is_open, acknowledged_by, acknowledged_at,
    claimed_by, refused_by
)
ON CONFLICT (occurrence, task) DO UPDATE SET
    notice = excluded.notice, clause = excluded.clause, title = excluded.title, why = excluded.why,
    roles = excluded.roles, opened = excluded.opened, due = excluded.due, is_open = excluded.is_open,
    acknowledged_by = excluded.acknowledged_by, acknowledged_at = excluded.acknowledged_at,
    claimed_by = excluded.claimed_by, refused_by = excluded.refused_by
