"""Who asks: the HTTP service and the command line. Requests come in, verified plans go out."""

__version__ = "0.1.0"
