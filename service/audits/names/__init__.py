"""Which exercise a name means: ids, names, other names and slips of the pen; never a guess without saying so."""
