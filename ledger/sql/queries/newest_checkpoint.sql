-- The newest published checkpoint.
SELECT size, root, note FROM forthwith.checkpoints ORDER BY size DESC LIMIT 1
