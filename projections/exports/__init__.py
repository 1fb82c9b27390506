"""The history in the formats of others: process mining, provenance, tables, pages; and held against its own model."""
