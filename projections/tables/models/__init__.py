"""One module for each question that is answered from tables."""
