"""What people can do in a scenario, by family: the keys of each act, and the command that it becomes."""
