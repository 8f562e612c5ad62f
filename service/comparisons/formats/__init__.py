"""A comparison in the formats people and spreadsheets read. Pure functions of the answer."""
