"""Links for people without an account: how they are given, what they open, and how they end."""
