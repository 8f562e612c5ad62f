"""Slots of booking systems, kept current for a tenant: read from feeds, listed as requests for plans take them."""
