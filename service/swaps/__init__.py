"""What else could stand in the place of one entry of a plan."""
