"""Programmes as people keep them, in three forms: JSON like a plan's week, CSV rows, plain lines."""
