"""What is kept, and how to reach it."""
