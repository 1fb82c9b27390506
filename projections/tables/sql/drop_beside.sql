-- The table that was built is not needed any more. {table} is its name.
DROP TABLE IF EXISTS forthwith_read.{table}_next;
