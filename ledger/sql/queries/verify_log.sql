-- The log after a position, each event with the receipt of its command, for verification. Times and ids come as the
-- text that the bytes hold. The receipts are looked up row by row: joined, they would be read whole for every page.
SELECT page.index, page.canonical, page.leaf, page.stream, page.version, page.type,
    to_char(page.recorded AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded,
    to_char(page.effective AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS effective,
    page.notice, page.obligation, page.occurrence, page.rung, page.actor,
    page.command_id::text AS command_id, page.event_id::text AS event_id,
    receipt.first_index, receipt.last_index, receipt.digest,
    to_char(receipt.recorded AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS receipt_recorded
FROM (SELECT * FROM forthwith.events WHERE index > $1 ORDER BY index LIMIT $2) AS page
LEFT JOIN LATERAL (
    SELECT receipts.first_index, receipts.last_index, receipts.digest, receipts.recorded
    FROM forthwith.receipts WHERE receipts.command_id = page.command_id OFFSET 0
) AS receipt ON true
ORDER BY page.index
