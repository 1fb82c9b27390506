-- The messages that the next page shows.
SELECT forthwith.set_flashes($1, $2::jsonb)
