"""The solvers that are compared. Each runs in a process of its own, see `tests.bench.child`."""
