"""Many independent plans in one request: kept line by line, and fed to the queue as room comes."""
