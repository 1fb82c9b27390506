-- Destroy them; answers how many there were.
SELECT forthwith.destroy_idle_keys($1::text[])
