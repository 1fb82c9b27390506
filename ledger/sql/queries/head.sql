-- Where the log stands.
SELECT size, recorded FROM forthwith.head
