-- What a command was answered when it was recorded.
SELECT receipts.first_index, receipts.last_index, receipts.recorded, (
    SELECT array_agg(events.leaf ORDER BY events.index) FROM forthwith.events
    WHERE events.index BETWEEN receipts.first_index AND receipts.last_index
) AS leaves
FROM forthwith.receipts WHERE receipts.command_id = $1
