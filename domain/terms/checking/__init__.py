"""Whether the parts of a notice file fit together, one question a module."""
