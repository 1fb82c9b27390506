-- What became of messages that were called for in an earlier page.
UPDATE forthwith_read.deliveries{beside} AS kept SET
    delivery = end_of.delivery, settled_at = end_of.settled_at, channel = end_of.channel, answer = end_of.answer,
    fault = end_of.fault
FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[])
    AS end_of (message, delivery, settled_at, channel, answer, fault)
WHERE kept.message = end_of.message
