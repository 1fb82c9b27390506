-- Read models have taken every event up to a place.
UPDATE forthwith_read.positions SET position = $2, moved = clock_timestamp(), alarm = NULL, alarmed = NULL
WHERE projection = ANY ($1::text[])
