-- How many commands were given a receipt.
SELECT count(*) FROM forthwith.receipts
