"""Sessions as calendar events: what became of each over the replans of a plan, and addresses to subscribe to."""
