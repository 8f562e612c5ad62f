"""Parts of pages: from an answer to what a part shows, as pure functions."""
