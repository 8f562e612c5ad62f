"""The words of the problem: frozen data, no solver."""
