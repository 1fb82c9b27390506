"""The desk: pages at which people read and sign."""
