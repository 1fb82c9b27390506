"""Delivery: messages that recorded acts call for are written, handed over, and their fate recorded."""
