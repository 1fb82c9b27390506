"""Reports: received, accepted, returned, queried; and what they rest on."""
