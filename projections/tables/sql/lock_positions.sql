-- How far some read models have come; nobody else moves them until this transaction ends. In one order, so that two
-- which lock several wait for each other and never in a circle.
SELECT projection, position, alarm FROM forthwith_read.positions
WHERE projection = ANY ($1::text[]) ORDER BY projection FOR UPDATE
