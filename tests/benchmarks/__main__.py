"""`make benchmark`: measure the budgets of the design, and print a Markdown table.

Takes a long while at full size. Never part of the test suite.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlalchemy as sa

from tests.benchmarks.figure import Figure
from tests.benchmarks.machine import this_machine
from tests.benchmarks.measure import BenchmarkError
from tests.benchmarks.measurements import MEASUREMENTS
from tests.benchmarks.server import Server
from tests.benchmarks.setting import Setting
from tests.benchmarks.table import as_json, as_markdown
from tests.databases import mysql_server

_THROW_AWAY = "throw-away"


def main(words: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for; the table goes to standard output, progress to standard error."""
    arguments = _options().parse_args(words)
    with _servers(arguments.mysql) as servers, tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        setting = Setting(
            folder=Path(folder),
            servers=servers,
            say=_say,
            records=arguments.records,
            many_records=arguments.many_records,
            peer_records=arguments.peer_records,
            sources=arguments.sources,
            runs=arguments.runs,
        )
        machine = this_machine(servers)
        if machine.load_average > machine.processors / 4:
            _say(
                f"others are at work here (load average {machine.load_average:.1f}): read the ratios, not the seconds"
            )
        figures: list[Figure] = []
        try:
            for name in arguments.only:
                figures.extend(_measured(name, setting))
        finally:
            # Whoever breaks off after an hour has what was found until then.
            if arguments.json:
                arguments.json.write_text(as_json(figures, machine, runs=arguments.runs), encoding="utf-8")
            sys.stdout.write(as_markdown(figures, machine, runs=arguments.runs))


def _measured(name: str, setting: Setting) -> Iterator[Figure]:
    """The figures of a measurement; where it cannot be made, one that says why."""
    try:
        yield from MEASUREMENTS[name](setting)
    except BenchmarkError as error:
        _say(f"{name}: {error}")
        yield Figure(name.replace("_", " "), lacking=str(error).split("\n")[0])


@contextmanager
def _servers(names: Sequence[str]) -> Iterator[tuple[Server, ...]]:
    """Those asked for. The throw-away server has the settings that its makers give it."""
    with ExitStack() as started:
        yield tuple(
            Server(
                started.enter_context(mysql_server(options=())) if each == _THROW_AWAY else sa.make_url(each)
            )
            for each in names
        )


def _options() -> argparse.ArgumentParser:
    about = "Measure the budgets of the design, and print a Markdown table."
    parser = argparse.ArgumentParser(prog="make benchmark", description=about)
    parser.add_argument(
        "--mysql",
        nargs="+",
        default=[_THROW_AWAY],
        metavar="URL",
        help="SQLAlchemy URLs of administrators of servers, or the word throw-away for a server that is started "
        "for it. Databases are made and dropped, local_infile is changed and restored. [default: throw-away]",
    )
    parser.add_argument(
        "--only",
        nargs="+",
        choices=MEASUREMENTS,
        default=list(MEASUREMENTS),
        metavar="NAME",
        help=f"any of {', '.join(MEASUREMENTS)} [default: all]",
    )
    parser.add_argument(
        "--records",
        type=_number,
        metavar="N",
        default=1_000_000,
        help="records of a delivery [default: 1,000,000]",
    )
    parser.add_argument(
        "--many-records",
        type=_number,
        metavar="N",
        default=10_000_000,
        help="those of the large one, whose memory is compared [default: 10,000,000]",
    )
    parser.add_argument(
        "--peer-records",
        type=_number,
        metavar="N",
        default=100_000,
        help="those that other tools load [default: 100,000]",
    )
    parser.add_argument(
        "--sources",
        type=_number,
        metavar="N",
        default=100,
        help="how many sources and mappings `run --all` and `lint` have [default: 100]",
    )
    parser.add_argument(
        "--runs", type=_number, metavar="N", default=3, help="how often each figure is taken [default: 3]"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every single run there as well")
    parser.add_argument(
        "--folder",
        type=Path,
        metavar="DIR",
        help="where deliveries and SQLite files are made, some GB at full size [default: that for temporary files]",
    )
    return parser


def _number(text: str) -> int:
    number = int(text.replace(",", ""))
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _end(_signal: int, _frame: object) -> None:
    """Nothing is left behind: databases are dropped, the folder is removed."""
    sys.exit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
