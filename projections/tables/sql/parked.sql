-- What some read models could not take, in the order of the record.
SELECT projection, index, stream, fault, since FROM forthwith_read.parked
WHERE projection = ANY ($1::text[]) ORDER BY projection, index
