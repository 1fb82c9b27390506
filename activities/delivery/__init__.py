"""Delivery: the messages that recorded acts call for are written, handed over, and what became of them recorded."""
