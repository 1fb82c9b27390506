"""Signing in with an account of one's own organisation, by OpenID Connect."""
