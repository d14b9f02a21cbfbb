"""Tests of tests.benchmarks.import_costs."""

from tests.benchmarks.import_costs import import_costs, table

_SAID = """\
import time: self [us] | cumulative | imported package
import time:      1500 |       9000 |   polars.frame
import time:      2500 |      12000 | polars
import time:      3000 |      12000 | leadingest.mapping.models
import time:       400 |        400 | re
"""


def test_the_least_of_several_runs_counts_for_each_module() -> None:
    costs = import_costs([_SAID, _SAID.replace("1500", "9999").replace("2500", "2000")])
    assert costs == {"polars": 3.5, "leadingest.mapping": 3.0, "the standard library": 0.4}


def test_the_table_lists_the_greatest_first_and_sums_up_the_small() -> None:
    assert table("leadingest lint", import_costs([_SAID])).splitlines() == [
        "| imports of `leadingest lint` | ms |",
        "| --- | ---: |",
        "| polars | 4 |",
        "| leadingest.mapping | 3 |",
        "| others | 0 |",
        "| all | 7 |",
    ]
