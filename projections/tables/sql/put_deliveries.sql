-- Messages that were called for, and what is known of each by now.
INSERT INTO forthwith_read.deliveries{beside}
SELECT * FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
    $9::text[], $10::timestamptz[], $11::text[], $12::text[], $13::text[]
)
ON CONFLICT (message) DO UPDATE SET
    notice = excluded.notice, occurrence = excluded.occurrence, index = excluded.index, about = excluded.about,
    person = excluded.person, role = excluded.role, called_for = excluded.called_for, delivery = excluded.delivery,
    settled_at = excluded.settled_at, channel = excluded.channel, answer = excluded.answer, fault = excluded.fault
