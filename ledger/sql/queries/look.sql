-- Where the log stands, and how often something was erased.
SELECT size, coalesce((SELECT version FROM forthwith.streams WHERE stream = 'privacy/erasures'), 0) AS erasures
FROM forthwith.head
