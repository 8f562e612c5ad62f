"""Plans that are kept current: when a slot that a plan stands on fills up, moves or ends, the plan is replanned."""
