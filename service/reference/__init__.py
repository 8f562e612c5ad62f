"""What can be looked up: the rulebook, the catalog, and the service's own facts."""
