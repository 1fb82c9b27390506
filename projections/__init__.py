"""The answers: one module per question asked of the record."""
