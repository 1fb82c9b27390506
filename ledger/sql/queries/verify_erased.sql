-- What the record says was erased, for verification.
SELECT canonical FROM forthwith.events WHERE type = 'personal-data-erased.v1' ORDER BY index
