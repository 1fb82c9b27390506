"""Personal values outside the hashed record: commitments, sealed values, erasure and retention."""
