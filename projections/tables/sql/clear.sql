-- Rows of some subjects are made anew. {table} and {subject} are the names of the table and of its column.
DELETE FROM forthwith_read.{table}{beside} WHERE {subject} = ANY ($1::text[])
