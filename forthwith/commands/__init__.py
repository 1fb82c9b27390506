"""The command line, one module for each thing that people do."""
