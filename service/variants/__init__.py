"""Variants and fronts: several weeks to choose from (`POST /v1/variants`)."""
