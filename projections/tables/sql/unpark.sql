-- Whatever waits for some streams will be taken again.
DELETE FROM forthwith_read.parked WHERE projection = $1 AND stream = ANY ($2::text[])
