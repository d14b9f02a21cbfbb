"""The table, as it is quoted in the README."""

from tests.benchmarks.figure import Figure, Side
from tests.benchmarks.machine import Machine
from tests.benchmarks.measure import Measured
from tests.benchmarks.table import as_markdown

MIB = 1 << 20
MACHINE = Machine(
    day="2026-06-30",
    processor="Abacus 4",
    processors=2,
    memory_gib=24.0,
    system="Debian 12, Linux 6",
    load_average=0.04,
    versions={"Python": "3.11.7", "polars": "2.1.0"},
    servers={"MySQL 9.7.0": {"log_bin": "1", "innodb_buffer_pool_size": "128 MiB"}},
)
OURS = Side(
    "leadingest", tuple(Measured(each, each / 4, 300 * MIB) for each in (20.0, 10.0, 30.0)), 1_000_000
)
THEIRS = Side("LOAD DATA", (Measured(40.0), Measured(40.0), Measured(40.0)), 1_000_000)
FIGURES = [
    Figure("MySQL", (0.5, 0.25, 0.75), (OURS, THEIRS), budget="≤ 0.8 × LOAD DATA", limit=0.8),
    Figure("start-up", (0.21,), (), unit="s", budget="≤ 0.15 s", limit=0.15),
    Figure("dlt", (6_000.4,), (), unit="records/s"),
    Figure("lint", lacking="there is no command lint"),
]

TABLE = """\
| what | budget | measured | met | in figures | peak memory |
| --- | --- | --- | --- | --- | --- |
| MySQL | ≤ 0.8 × LOAD DATA | 0.50 × (0.25 to 0.75) | yes | leadingest 20.00 s (CPU 5.00 s), 50,000 records/s · LOAD DATA 40.00 s, 25,000 records/s | 300 MiB |
| start-up | ≤ 0.15 s | 0.21 s | **no** |  |  |
| dlt |  | 6,000 records/s |  |  |  |
| lint |  | not measured: there is no command lint |  |  |  |

**1 of 2 budgets are missed:** start-up.

Measured on 2026-06-30: Abacus 4, 2 processors, 24 GiB, Debian 12, Linux 6. Medians of 3 runs, the least and the \
greatest in brackets; peak memory is the most of any run. Figures of one line were taken in turn. The load average was 0.0 \
before the first of them.

Python 3.11.7, polars 2.1.0. MySQL 9.7.0 (log_bin 1, innodb_buffer_pool_size 128 MiB).
"""


def test_the_table_says_what_was_measured_and_what_was_missed() -> None:
    assert as_markdown(FIGURES, MACHINE, runs=3) == TABLE


def test_a_budget_of_memory_is_one_of_the_side_that_is_ours() -> None:
    figures = [Figure("read", (1.0,), (OURS, THEIRS), limit=1.1, peak_limit=limit) for limit in (300, 299)]
    assert [figure.met for figure in figures] == [True, False]


def test_no_budget_is_missed_where_all_that_was_measured_is_within() -> None:
    output = as_markdown([FIGURES[0], FIGURES[3]], MACHINE, runs=3)
    assert "\nAll budgets that were measured (1) are met.\n" in output


def test_a_table_without_budgets_claims_nothing() -> None:
    assert "\nNo budget was measured.\n" in as_markdown([FIGURES[2]], MACHINE, runs=3)
