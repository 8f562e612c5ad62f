"""Lines that HiGHS and SCIP printed, read again."""

from __future__ import annotations

import pytest

from tests.bench.solvers.logs import HighsLog, ScipLog

HIGHS_LINES = [
    ("MIP has 2160 rows; 1308 cols; 16237 nonzeros; 1308 integer variables (1280 binary)", None),
    ("1167 rows, 940 cols, 18043 nonzeros  0s", None),
    ("Src: B => Branching; C => Central rounding; F => Feasibility pump; H => Heuristic;", None),
    ("        Nodes      |    B&B Tree     |            Objective Bounds              |  Dynamic Constraints |", None),
    ("Src  Proc. InQueue |  Leaves   Expl. | BestBound       BestSol              Gap |   Cuts   InLp Confl. |", None),
    ("         0       0         0   0.00%   0               inf                  inf        0      0      0", None),
    (
        "         0       0         0   0.00%   0               inf                  inf        0      0      0"
        "         0     0.1s",
        (None, 0.0),
    ),
    (
        "         0       0         0   0.00%   672             -inf                 inf        0      0      0"
        "         0     0.2s",
        (None, 672.0),
    ),
    (
        " L       0       0         0   0.00%   1161.38402      1174               1.07%     1452     39   1252"
        "       580     1.1s",
        (1174.0, 1161.38402),
    ),
    (
        " J       0       0         0   0.00%   -inf            0                  Large        0      0      0"
        "         0     0.0s",
        (0.0, None),
    ),
    (
        "         0       0         0   0.00%   -61651.227098   -14.608            360.59%        0      0      0"
        "        83     0.1s",
        (-14.608, -61651.227098),
    ),
    (
        "        35       0        18 100.00%   1174            1174               0.00%      259     27    591"
        "      4962     1.8s",
        (1174.0, 1174.0),
    ),
    (
        " B   12.3k     452      6001  77.53%   41.3617188      9                359.57%     1645     77    9999"
        "     6481k   129.7s",
        (9.0, 41.3617188),
    ),
    ("84.0% inactive integer columns, restarting", None),
    ("  Gap               0% (tolerance: 0.01%)", None),
    ("  Primal bound      1174", None),
    ("", None),
]

SCIP_HEAD = (
    " time | node  | left  |LP iter|LP it/n|mem/heur|mdpt |vars |cons |rows |cuts |sepa|confs|strbr|"
    "  dualbound   | primalbound  |  gap   | compl. "
)
SCIP_ROW = "  0.2s|     1 |     0 |  1182 |     - |    25M |   0 | 901 | 970 | 910 |   0 |  0 |  59 |   0 |"
SCIP_FOUND = "d 0.9s|     1 |     0 |  2194 |     - |farkasdi|   0 | 901 | 980 | 951 |   0 | 17 |  69 |   0 |"
CONCURRENT_HEAD = " time | mem |  dualbound   | primalbound  |  gap   "


@pytest.mark.parametrize(("line", "news"), HIGHS_LINES)
def test_highs(line: str, news: tuple[float | None, float | None] | None) -> None:
    assert HighsLog().read(line) == news


def test_scip() -> None:
    log = ScipLog()
    lines = {
        SCIP_ROW + " 1.143513e+03 |      --      |    Inf | unknown": None,
        "presolved problem has 901 variables (867 bin, 34 int, 0 cont) and 910 constraints": None,
        SCIP_HEAD: None,
        SCIP_ROW + " 1.143514e+03 |      --      |    Inf | unknown": (None, 1143.514),
        SCIP_FOUND + " 1.163328e+03 | 1.186000e+03 |   1.95%| unknown": (1186.0, 1163.328),
        "(run 1, node 1) restarting after 692 global fixings of integer variables": None,
        "SCIP Status        : problem is solved [optimal solution found]": None,
        SCIP_ROW + "-1.567243e+01 |-2.100000e+01 |  34.02%|  12.35%": (-21.0, -15.67243),
    }
    assert [log.read(line) for line in lines] == list(lines.values())


def test_the_concurrent_solver_of_scip() -> None:
    log = ScipLog()
    lines = {
        SCIP_HEAD: None,
        CONCURRENT_HEAD: None,
        "  0.9s| 130M| 1.161329e+03 |      --      |    Inf ": (None, 1161.329),
        "$ 1.4s| 164M| 1.162563e+03 | 1.297000e+03 |  11.56%": (1297.0, 1162.563),
        " 61.5s|  23M| 1.174000e+03 | 1.174000e+03 |   0.00%": (1174.0, 1174.0),
        SCIP_ROW + " 1.143513e+03 |      --      |    Inf | unknown": None,
    }
    assert [log.read(line) for line in lines] == list(lines.values())
