"""The figure of a person on which muscles are shown and chosen."""
