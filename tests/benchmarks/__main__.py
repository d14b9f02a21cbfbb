"""`make benchmark`: measure the budgets of the design, and print a Markdown table.

Takes about a quarter of an hour, and hours in the sizes of `--full`. Never part of the test suite. `--against` measures
what an earlier run measured, and fails where a ratio became worse.
"""

from __future__ import annotations

import argparse
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlalchemy as sa

from tests.benchmarks.against import FACTOR, any_worse, compared, comparison_table
from tests.benchmarks.figure import Figure
from tests.benchmarks.machine import this_machine
from tests.benchmarks.measure import BenchmarkError
from tests.benchmarks.measurements import MEASUREMENTS
from tests.benchmarks.results import Results, read_results
from tests.benchmarks.server import Server
from tests.benchmarks.setting import Setting
from tests.benchmarks.table import as_markdown
from tests.databases import mysql_server

_THROW_AWAY = "throw-away"
#: The options that decide what a run measures: results keep them, to be measured again.
_MEASURED = ("only", "records", "many_records", "peer_records", "sources", "loads", "runs")
#: What is measured where nothing else is said: in a quarter of an hour, on two processors and two servers.
_QUICK = {"records": 100_000, "many_records": 1_000_000, "sources": 20, "loads": 10, "runs": 2}
#: The sizes of the budgets.
_FULL = {"records": 1_000_000, "many_records": 10_000_000, "sources": 100, "loads": 52, "runs": 3}


def main(words: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for; the table goes to standard output, progress to standard error.

    The exit code is 1 where a ratio is worse than the one that it is measured against.
    """
    arguments = _arguments(words)
    earlier: Results | None = arguments.against
    with _servers(arguments.mysql) as servers, tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        setting = Setting(
            folder=Path(folder),
            servers=servers,
            say=_say,
            records=arguments.records,
            many_records=arguments.many_records,
            peer_records=tuple(arguments.peer_records),
            sources=arguments.sources,
            loads=arguments.loads,
            runs=arguments.runs,
        )
        machine = this_machine(servers)
        if machine.load_average > machine.processors / 4:
            _say(
                f"others are at work here (load average {machine.load_average:.1f}): read the ratios, not the seconds"
            )
        if earlier and earlier.machine.processors != machine.processors:
            _say(
                f"{machine.processors} processors here, {earlier.machine.processors} there: ratios of what runs on "
                "several at once differ. taskset lends fewer"
            )
        figures: list[Figure] = []
        try:
            for name in filter(arguments.only.__contains__, MEASUREMENTS):
                begun, since = len(figures), time.monotonic()
                figures.extend(_measured(name, setting))
                if earlier and any_worse(earlier.figures, figures[begun:]):
                    # A busy minute is no change of the program.
                    _say(f"{name}: worse than it was, and so measured once more")
                    figures[begun:] = _measured(name, setting)
                _say(f"{name}: measured in {time.monotonic() - since:.0f} s")
        finally:
            # Whoever breaks off after an hour has what was found until then.
            if arguments.json:
                options = {name: getattr(arguments, name) for name in _MEASURED}
                results = Results(tuple(figures), machine, options)
                arguments.json.write_text(results.as_json(), encoding="utf-8")
            sys.stdout.write(as_markdown(figures, machine, runs=arguments.runs))
    if not earlier:
        return 0
    comparison = compared(earlier.figures, figures)
    sys.stdout.write(f"\n{comparison_table(comparison)}")
    return int(any(each.failed for each in comparison))


def _measured(name: str, setting: Setting) -> Iterator[Figure]:
    """The figures of a measurement; where it cannot be made, one that says why."""
    try:
        yield from MEASUREMENTS[name](setting)
    except BenchmarkError as error:
        _say(f"{name}: {error}")
        yield Figure(name.replace("_", " "), lacking=str(error).split("\n")[0])


@contextmanager
def _servers(names: Sequence[str]) -> Iterator[tuple[Server, ...]]:
    """Those asked for. The throw-away server has the settings that its makers give it, and a port."""
    with ExitStack() as started:
        yield tuple(
            Server(
                started.enter_context(mysql_server(options=(f"--port={_free_port()}",)))
                if each == _THROW_AWAY
                else sa.make_url(each)
            )
            for each in names
        )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for; where nothing is said, what the results measured that those here stand against."""
    parser = _options()
    given = parser.parse_args(words)
    if given.against:
        parser.set_defaults(**given.against.options)
    if given.full:
        parser.set_defaults(**_FULL)
    return parser.parse_args(words)


def _options() -> argparse.ArgumentParser:
    about = "Measure the budgets of the design, and print a Markdown table."
    parser = argparse.ArgumentParser(prog="make benchmark", description=about)
    parser.add_argument(
        "--mysql",
        nargs="*",
        default=[_THROW_AWAY],
        metavar="URL",
        help="SQLAlchemy URLs of administrators of servers, or the word throw-away for a server that is started "
        "for it; no word at all for no server. Databases are made and dropped, local_infile is changed and restored. "
        "[default: throw-away]",
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
        "--full",
        action="store_true",
        help="measure in the sizes of the budgets, which takes hours",
    )
    sizes = {
        "records": "records of a delivery",
        "many_records": "those of the large one, whose memory is compared",
        "sources": "how many sources and mappings `run --all` and `lint` have",
        "loads": "how many loads of each source a long history has",
        "runs": "how often each figure is taken",
    }
    for name, what in sizes.items():
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            type=_number,
            metavar="N",
            default=_QUICK[name],
            help=f"{what} [default: {_QUICK[name]:,}; with --full {_FULL[name]:,}]",
        )
    parser.add_argument(
        "--peer-records",
        nargs="+",
        type=_number,
        metavar="N",
        default=[100_000],
        help="those that other tools load, in one size or several [default: 100,000]",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every single run there as well")
    parser.add_argument(
        "--against",
        type=_results,
        metavar="FILE",
        help="what --json wrote earlier: measure the same in the same sizes, unless another option says otherwise; "
        f"exit code 1 where a ratio is more than {FACTOR:g} times the one there, or is no longer measured",
    )
    parser.add_argument(
        "--folder",
        type=Path,
        metavar="DIR",
        help="where deliveries and SQLite files are made, some 20 GB with --full [default: that for temporary files]",
    )
    return parser


def _number(text: str) -> int:
    number = int(text.replace(",", ""))
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _results(file: str) -> Results:
    try:
        return read_results(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{file} has no results of `--json`: {error}") from error


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _end(_signal: int, _frame: object) -> None:
    """Nothing is left behind: databases are dropped, the folder is removed."""
    sys.exit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
