"""Replanning a plan's week in its course: what was done, missed, moved or lost, and the rest planned anew."""
