"""An office at its desk, asked as many people ask it: what `benchmarks/desk.py` stands on."""
