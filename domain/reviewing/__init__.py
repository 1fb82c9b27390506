"""Reviews, diagnostic reviews, and the pack that goes with them."""
