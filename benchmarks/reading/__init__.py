"""What the benchmarks of readers share: a server, a record of many years, and the library that we compare with."""
