-- Which commands stand at these positions.
SELECT index, command_id::text AS command_id FROM forthwith.events WHERE index = ANY ($1::bigint[])
