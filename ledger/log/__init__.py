"""The verifiable log: tiles, checkpoints, proofs, and who signs them (formats of c2sp.org)."""
