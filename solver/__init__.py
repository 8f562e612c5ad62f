"""What is best: a training week as a constraint problem, solved, proven and checked. No web, no database."""
