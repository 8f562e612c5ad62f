"""Work that outlives the processes that do it: `Jobs` submits, watches and cancels it, `Worker` does it."""
