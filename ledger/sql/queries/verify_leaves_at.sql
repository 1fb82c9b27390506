-- The stored bytes and the command at these positions, for whoever holds a receipt of them.
SELECT index, canonical, command_id::text AS command_id FROM forthwith.events WHERE index = ANY ($1::bigint[])
