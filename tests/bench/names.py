"""What the solvers are called in tables, files and on the command line."""

from __future__ import annotations

OURS = "ours"
CPSAT, HIGHS, SCIP, SCIP_SINGLE = "cp-sat", "highs", "scip", "scip-single"
PEERS = (CPSAT, HIGHS, SCIP, SCIP_SINGLE)
"""`scip` runs its concurrent solver on as many threads as the others; with the one thread of `scip-single` it often is
the faster of the two, and so a peer too."""
SOLVERS = (OURS, *PEERS)
QUICK_SOLVERS = (OURS, CPSAT, HIGHS, SCIP_SINGLE)
