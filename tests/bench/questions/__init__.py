"""How long the questions about plans take, each against doing it naively: `python -m tests.bench.questions [name ...]`.

A module for each question, with a function `report` that measures and yields lines of text. Seconds are those of one
machine and its load; the ratios, measured in turn on the same machine, are what travels.
"""
