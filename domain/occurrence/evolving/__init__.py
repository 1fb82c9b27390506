"""How each kind of event changes an occurrence; one module for each family of events."""
