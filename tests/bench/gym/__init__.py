"""How planning a gym grows: the same crowd, ever larger, in a gym that grows with it."""
