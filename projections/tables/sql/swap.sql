-- The table that was built takes the live one's place. {table} is its name.
DROP TABLE forthwith_read.{table};
ALTER TABLE forthwith_read.{table}_next RENAME TO {table};
