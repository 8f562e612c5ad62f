"""Addresses of the pages for changing, comparing, choosing and auditing: thin, one module for each."""
