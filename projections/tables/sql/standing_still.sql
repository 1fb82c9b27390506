-- The streams at which some read models have stopped.
SELECT DISTINCT projection, stream FROM forthwith_read.parked WHERE projection = ANY ($1::text[])
