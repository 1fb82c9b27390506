-- How many events there are.
SELECT size FROM forthwith.head
