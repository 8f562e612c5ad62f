"""Links that show a plan to whoever has them, until they are taken back."""
