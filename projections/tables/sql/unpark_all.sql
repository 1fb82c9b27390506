-- A new build begins with nothing put aside.
DELETE FROM forthwith_read.parked WHERE projection = $1
