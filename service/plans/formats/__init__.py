"""A finished plan in the formats people and calendars read. Pure functions of the answer."""
