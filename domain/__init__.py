"""What a notice is, what may be asked, what has happened."""
