"""Who may ask: tenants, their keys, and how much of the service each of them gets."""
