-- Read models stand still, and why; since when is kept while the reason stays the same.
UPDATE forthwith_read.positions
SET alarm = $2, alarmed = CASE WHEN alarm = $2 THEN alarmed ELSE clock_timestamp() END
WHERE projection = ANY ($1::text[])
