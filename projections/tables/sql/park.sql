-- Put events aside for a read model. One that was put aside before keeps its time.
INSERT INTO forthwith_read.parked (projection, index, stream, fault)
SELECT $1, event.index, event.stream, event.fault FROM unnest($2::bigint[], $3::text[], $4::text[]) AS event (index, stream, fault)
ON CONFLICT (projection, index, stream) DO UPDATE SET fault = excluded.fault
