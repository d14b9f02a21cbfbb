"""All measurements, by the name that `--only` takes, in the order of the table."""

from collections.abc import Callable, Iterator

from tests.benchmarks.figure import Figure
from tests.benchmarks.measurements import (
    broken_records,
    drift,
    empty_run,
    key_index,
    lake_history,
    lake_load,
    many_sources,
    memory,
    messages,
    mysql_load,
    peers,
    profiles,
    proof,
    ranges,
    read_and_map,
    reading,
    sqlite_load,
    start_up,
    view_of_history,
)
from tests.benchmarks.setting import Setting

_MODULES = (
    mysql_load,
    key_index,
    sqlite_load,
    lake_load,
    lake_history,
    read_and_map,
    broken_records,
    proof,
    profiles,
    ranges,
    drift,
    memory,
    many_sources,
    view_of_history,
    start_up,
    empty_run,
    messages,
    peers,
    # In this process, whose own peak then hides that of every smaller program: see `measure`.
    reading,
)

MEASUREMENTS: dict[str, Callable[[Setting], Iterator[Figure]]] = {
    module.__name__.rpartition(".")[2]: module.figures for module in _MODULES
}
