"""What a measurement is given: sizes, servers, a folder to work in; and the deliveries that it asks for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import ROOT, Command, Measured, measured, module
from tests.benchmarks.server import Server

LEADINGEST = Path(sys.executable).with_name("leadingest")


@dataclass(frozen=True)
class Setting:
    """How large and how often, where, and who is told of it."""

    folder: Path
    servers: tuple[Server, ...]
    say: Callable[[str], None]
    records: int
    many_records: int
    peer_records: tuple[int, ...]
    sources: int
    #: Of each source, where there is a long history.
    loads: int
    runs: int

    def delivery(self, source: str = "source3", *, records: int | None = None, seed: int = 0) -> Path:
        """A delivery of a source's shape; it is made on first use."""
        number = self.records if records is None else records
        file = self.folder / f"{source}_{number}_{seed}.csv"
        if not file.exists():
            made = file.with_suffix(".part")
            measured(module("made_up.delivery", source, str(number), made, "--seed", str(seed)))
            made.rename(file)
        return file

    def load(self, file: Path, url: str, *, label: str) -> Measured:
        """`leadingest run` of source3 from start to end, as a user starts it."""
        return self.leadingest("run", "--source", "source3", "--file", file, url=url, label=label)

    def dry_run(self, file: Path, *, label: str) -> Measured:
        """The same without a database: all is read and mapped, and nothing is loaded."""
        return self.leadingest("run", "--source", "source3", "--file", file, "--dry-run", label=label)

    def leadingest(
        self,
        *words: str | Path,
        label: str,
        url: str | None = None,
        folder: Path = ROOT,
        exit_code: int = 0,
    ) -> Measured:
        """A command of the program, measured; the URL goes by way of a variable, for it may have a password."""
        variables = {"LEADINGEST_DATABASE_URL": url} if url else {}
        return self.measured(
            [LEADINGEST, *words], label=label, variables=variables, folder=folder, exit_code=exit_code
        )

    def measured(
        self,
        command: Command,
        *,
        label: str,
        variables: Mapping[str, str] | None = None,
        folder: Path = ROOT,
        exit_code: int = 0,
    ) -> Measured:
        """Any command, measured and told of."""
        return self.logged(label, measured(command, variables=variables, folder=folder, exit_code=exit_code))

    def logged(self, label: str, run: Measured) -> Measured:
        """The run, once it is told of."""
        self.say(f"{label}: {run.seconds:.2f} s")
        return run

    def knows(self, command: str, option: str = "") -> bool:
        """Whether the program has the command, and the command the option."""
        output = subprocess.run([LEADINGEST, command, "--help"], capture_output=True, text=True, check=False)
        return output.returncode == 0 and option in output.stdout
