-- Receipts for which the log holds no event at all, oldest first.
SELECT receipts.command_id::text AS command_id, receipts.first_index FROM forthwith.receipts
WHERE NOT EXISTS (SELECT FROM forthwith.events WHERE events.command_id = receipts.command_id)
ORDER BY receipts.first_index LIMIT $1
