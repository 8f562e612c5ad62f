"""What a change of a plan's request would buy: one more item, ten minutes, one day, one stage, another number."""
