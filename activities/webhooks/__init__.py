"""Telling other programs what has been recorded, by the rules of Standard Webhooks."""
