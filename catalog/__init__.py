"""What exists: exercises, muscles, equipment, ladders and where each fact comes from. No solving, no web."""
