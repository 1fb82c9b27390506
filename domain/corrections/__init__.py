"""How recorded events are corrected without being changed."""
