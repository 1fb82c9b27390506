"""Files lodged as evidence: examined, written once under their hash, and read back only if they still have it."""
