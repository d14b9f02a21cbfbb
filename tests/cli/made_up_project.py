"""A made-up project for the commands to work on."""

import re
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from leadingest.cli.main import main

NEVADA = """\
source: nevada
delivery: {match: "nevada*.csv"}
fields:
  company: Name
  phone: Phone
  city: City
  state: {const: NV}
  capacity: Places
  license_status: {from: Status, values: {Open: active, Shut: closed}, otherwise: invalid}
"""
NEVADA_CSV = """\
Name,Phone,City,Places,Status
Little Acorns,702-200-3000,Reno,12,Open
Busy Bees,702-200-3001,Elko,8,Shut
Sunny Side,702-200-3002,Sparks,40,Open
"""
UTAH = """\
source: utah
delivery: {match: "utah*.csv"}
fields: {company: Provider, phone: Telephone, city: Town}
ignore: [Notes]
"""
UTAH_CSV = """\
Provider,Telephone,Town,Notes
Red Rock Kids,801-200-3000,Moab,none
"""


@dataclass(frozen=True)
class MadeUpProject:
    """A project folder in which the user stands, with two sources and a delivery of each."""

    folder: Path

    def call(self, *words: str) -> Result:
        """What `leadingest` does with these words."""
        return CliRunner().invoke(main, list(words))

    def write(self, name: str, text: str) -> Path:
        """A file of the project."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def shown(self, text: str) -> str:
        """The text without what differs from run to run: the folder, times, hashes and seconds."""
        text = text.replace(str(self.folder), "<project>")
        text = re.sub(r"\d{8}T\d{6}Z_[0-9a-f]{16}", "20260801T120000Z_0123456789abcdef", text)
        text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "2026-08-01 12:00", text)
        return re.sub(r"\b\d+\.\d\b", "0.1", text)
