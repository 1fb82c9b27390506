"""How each kind of event is told, one module for each family."""
