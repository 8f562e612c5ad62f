"""What is best: a training week as a constraint problem, solved, proven and checked. Pure functions, no web, no database."""
