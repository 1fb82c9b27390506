"""Calendars, time zones, periods and due rules: pure, and never reading the clock."""
