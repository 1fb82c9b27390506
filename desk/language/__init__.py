"""The languages of the desk: what is looked up, in which catalogue, and how the answer is marked."""
