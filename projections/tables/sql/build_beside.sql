-- An empty table like the live one, to be filled beside it. {table} is its name.
DROP TABLE IF EXISTS forthwith_read.{table}_next;
CREATE TABLE forthwith_read.{table}_next (LIKE forthwith_read.{table} INCLUDING ALL);
