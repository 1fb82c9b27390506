-- Nobody reads or changes it until this transaction ends. {table} is its name.
LOCK TABLE forthwith_read.{table} IN ACCESS EXCLUSIVE MODE
