"""`python -m service` is the command `counterpull`."""

from service.cli import main

main()
