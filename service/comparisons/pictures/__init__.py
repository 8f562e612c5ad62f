"""Comparisons as pictures (SVG), drawn from the answer alone."""

from service.comparisons.pictures.choice import PICTURES, PictureName, drawn

__all__ = ["PICTURES", "PictureName", "drawn"]
