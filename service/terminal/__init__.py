"""Plans, rules, facts and faults as text for a terminal; the same words at 80 columns, in a pipe and without colour."""
