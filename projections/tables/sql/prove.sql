-- A second build came out equal.
UPDATE forthwith_read.positions
SET proven_at = clock_timestamp(), proven_index = $2, digests = $3::text::jsonb WHERE projection = $1
