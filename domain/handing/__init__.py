"""What people do with a task besides doing it."""
