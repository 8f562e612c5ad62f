"""Training blocks: weeks in a row that ramp, unload and climb the ladders."""
