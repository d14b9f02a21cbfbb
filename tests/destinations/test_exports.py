"""What is kept of exports, in every destination."""

from __future__ import annotations

import pytest

from leadingest.errors import DestinationBusyError
from tests.destinations.exports import NEW, handed_out, mark
from tests.destinations.made_up import MadeUpLoads


def test_the_last_one_is_told(loads: MadeUpLoads) -> None:
    mark(loads, {"a": "1"}, anew=True)
    number = mark(loads, {"b": "1"})
    with loads.destination.exports.of_name("weekly") as export:
        last = export.last()
    assert last
    assert (last.export_id, last.columns, last.file_name) == (number, NEW.columns, NEW.file_name)
    with loads.destination.exports.of_name("never") as export:
        assert export.last() is None


def test_one_at_a_time_has_the_exports_of_a_name(loads: MadeUpLoads) -> None:
    with loads.destination.exports.of_name("weekly"):
        with pytest.raises(DestinationBusyError, match="another process is writing the export weekly"):
            handed_out(loads)
        assert handed_out(loads, "other") == {}


def test_a_load_that_is_pruned_takes_nothing_of_it_away(loads: MadeUpLoads) -> None:
    for _ in range(3):
        loads.load({"company": "A"})
    mark(loads, {"a": "1"}, anew=True)
    assert len(loads.destination.ledger.prune(keep=1)) == 2
    assert handed_out(loads) == {"a": "1"}
