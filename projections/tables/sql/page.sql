-- One page of the record, complete by construction: positions are given under the head's lock.
SELECT index, canonical FROM forthwith.events WHERE index > $1 AND index <= $2 ORDER BY index LIMIT $3
