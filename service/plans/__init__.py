"""Training weeks: the request, its way into a problem, and the outcome's way into an answer."""
