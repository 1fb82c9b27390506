-- Sentences of events; one that is there already stays, because it was told when the event was recorded.
INSERT INTO forthwith_read.chronology{beside}
SELECT * FROM unnest(
    $1::bigint[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::timestamptz[],
    $8::timestamptz[], $9::text[], $10::text[], $11::integer[], $12::text[]
)
