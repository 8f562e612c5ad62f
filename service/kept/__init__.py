"""Questions that are kept with their answers while jobs work on them: what plans and studies have in common."""
