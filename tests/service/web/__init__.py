"""The page in a real browser. A package, so that one browser and one service last for all of its tests."""
