"""A made-up repository in which a mapping is changed, and what that does to each record, worked out by hand."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from tests.cli.made_up_project import NEVADA, UTAH, MadeUpProject
from tests.planning.repositories import committed, git

#: By which status which license_status comes out: before and now.
BEFORE = {"Open": "active", "Shut": "closed"}
NOW = {"Open": "active", "Shut": "expired", "Paused": "suspended"}
#: Records with more places become no leads any more.
MOST_PLACES = 40

HEADER = ("Name", "Phone", "City", "Places", "Status")
RECORDS = [
    (f"School {number}", f"702-200-{3000 + number}", "Reno", str(number % 50), status)
    for number, status in enumerate((["Open"] * 5 + ["Shut"] * 2 + ["Paused", "", "Unheard"]) * 12, start=1)
]
CHANGED = NEVADA.replace("Shut: closed", "Shut: expired, Paused: suspended").replace(
    "capacity: Places", f"capacity: {{from: Places, max: {MOST_PLACES}, on_invalid: reject}}"
)


def delivery() -> str:
    """The delivery of nevada."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([HEADER, *RECORDS])
    return text.getvalue()


@dataclass
class Expected:
    """The records whose leads change, and those that are no leads any more, by plain Python over the delivery."""

    changed: dict[int, tuple[str | None, str | None]] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)
    unchanged: int = 0

    @classmethod
    def of(cls, text: str) -> Expected:
        found = cls()
        for number, record in enumerate(csv.DictReader(StringIO(text)), start=1):
            was, now = BEFORE.get(record["Status"]), NOW.get(record["Status"])
            if int(record["Places"]) > MOST_PLACES:
                found.removed.append(number)
            elif was != now:
                found.changed[number] = (was, now)
            else:
                found.unchanged += 1
        return found


def made_up_change(project: MadeUpProject) -> None:
    """main has the mappings; the branch `change` another one of nevada, whose delivery is in the archive."""
    project.write("pyproject.toml", '[tool.leadingest]\narchive = "archive"\n')
    project.write("mappings/nevada.yaml", NEVADA)
    project.write("mappings/utah.yaml", UTAH)
    project.write("inbox/nevada.csv", delivery())
    committed(project.folder, "mappings", "pyproject.toml")
    assert project.call("run", "--source", "nevada").exit_code == 0
    git(project.folder, "switch", "--quiet", "--create", "change")
    project.write("mappings/nevada.yaml", CHANGED)
    committed(project.folder)


def shown(text: str, folder: Path) -> str:
    """What was printed, without the number of the commit."""
    commit = git(folder, "merge-base", "main", "HEAD")[:12]
    return text.replace(commit, "0123456789ab")
