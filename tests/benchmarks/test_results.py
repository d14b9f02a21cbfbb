"""Results as a file."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.figure import Figure, Side
from tests.benchmarks.machine import Machine
from tests.benchmarks.measure import Measured
from tests.benchmarks.measurements import MEASUREMENTS
from tests.benchmarks.results import Results, read_results

COMMITTED = Path(__file__).parent / "committed"
MACHINE = Machine(
    day="2026-06-30",
    processor="Abacus 4",
    processors=2,
    memory_gib=24.0,
    system="Debian 12, Linux 6",
    load_average=0.04,
    versions={"Python": "3.11.7"},
    servers={"MySQL 9.7.0": {"log_bin": "1"}},
)
MEASURED = st.builds(
    Measured, st.floats(0.001, 1e6), st.floats(0, 1e6), peak=st.none() | st.integers(1, 1 << 40)
)
SIDES = st.builds(
    Side, st.text(), st.lists(MEASURED, min_size=1).map(tuple), st.none() | st.integers(1, 10**9)
)
FIGURES = st.builds(
    Figure,
    st.text(),
    st.lists(st.floats(-1e6, 1e6)).map(tuple),
    st.lists(SIDES, max_size=3).map(tuple),
    limit=st.none() | st.floats(0, 10),
    lacking=st.text(),
)


@given(st.lists(FIGURES, max_size=3).map(tuple))
def test_what_is_written_is_read(figures: tuple[Figure, ...]) -> None:
    results = Results(figures, MACHINE, {"only": ["reading"], "records": 40})
    assert read_results(results.as_json()) == results


def test_programs_are_given_what_follows_from_the_runs() -> None:
    figures = (
        Figure("start-up", (0.3, 0.21, 0.1), unit="s", limit=0.15),
        Figure("dlt", (6_000.4,)),
        Figure("lint"),
    )
    document = json.loads(Results(figures, MACHINE, {}).as_json())
    assert [(each["median"], each["met"]) for each in document["figures"]] == [
        (0.21, False),
        (6_000.4, None),
        (None, None),
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"figures": [{"what": 1}]}'])
def test_what_is_no_results_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        read_results(text)


@pytest.mark.parametrize("file", [*COMMITTED.glob("*.json")], ids=lambda file: file.stem)
def test_what_is_committed_can_be_measured_again(file: Path) -> None:
    results = read_results(file.read_text(encoding="utf-8"))
    assert set(results.options["only"]) <= MEASUREMENTS.keys()
    assert [each.lacking for each in results.figures if not each.values] == []
