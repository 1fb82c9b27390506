"""What the benchmarks share: servers, stores under test, and rounds in which they take turns."""
