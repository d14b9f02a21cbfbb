"""An export whose process is killed, or whose disk is full: nothing is marked that is not there, and nothing is lost.

Each of them is a process of its own, told by a few lines of Python what is to befall it.
"""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from leadingest.exporting.export_leads import Exported, export_leads
from leadingest.exporting.formats import FORMATS
from leadingest.exporting.request import Request
from tests.destinations.made_up import NOON, TABLE, MadeUpLoads
from tests.warm_starts import WarmStarts

EXPORT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from leadingest.destinations.lake import exports as lake_exports
from leadingest.destinations.sql import exports as sql_exports
from leadingest.destinations.open_destination import open_destination
from leadingest.exporting import export_leads
from leadingest.exporting.request import Request
from leadingest.tables.load_table import read_load_table

def killed(*_args, **_options):
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)

{befalls}
url, table, file = sys.argv[1:]
destination = open_destination(url, read_load_table(Path(table)))
request = Request(Path(file), Path(file).suffix[1:], name="weekly", columns=("company",))
export_leads.export_leads(destination, request, now=datetime.now(UTC))
"""

#: What happens when, and whether the file and its manifest are there by then.
KILLED = {
    "while the file is written": ("export_leads.write_leads = killed", False, False),
    "before the manifest": ("export_leads.manifest_text = killed", True, False),
    "before it is marked": ("sql_exports.SqlExport.mark = lake_exports.LakeExport.mark = killed", True, True),
    "while it is marked": (
        "sql_exports.SqlExport._write = lake_exports.LakeExport._entry = killed",
        True,
        True,
    ),
}
#: A limit of the system on the size of files, which every writer meets in the middle of its work.
FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
write = export_leads.write_leads
def on_a_full_disk(*args):
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
    try:
        write(*args)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
export_leads.write_leads = on_a_full_disk
"""


@pytest.fixture(name="out")
def _out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def broken_export(
    warm: WarmStarts, loads: MadeUpLoads, out: Path, name: str, befalls: str
) -> tuple[int, str]:
    """How an export into this file of the folder ends, and what it says, in a process that something befalls."""
    table = out.parent / "made_up.yaml"
    table.write_text(TABLE)
    words = (loads.url, str(table), str(out / name))
    with warm.start(EXPORT.format(befalls=befalls), *words, folder=out) as process:
        output = process.stdout.read().decode()
        return process.wait(), output


def export(loads: MadeUpLoads, out: Path, name: str) -> Exported:
    """The same export, which nothing befalls."""
    file = out / name
    request = Request(file, file.suffix[1:], name="weekly", columns=("company",))
    return export_leads(loads.destination, request, now=NOON)


def names(out: Path) -> set[str]:
    """The files of the folder, without those that tell by their names that they are not finished."""
    return {file.name for file in out.iterdir() if file.suffix != ".part"}


@pytest.mark.parametrize("when", KILLED)
def test_one_that_is_killed_is_not_marked_and_the_next_has_the_same_leads(
    warm: WarmStarts, loads: MadeUpLoads, out: Path, when: str
) -> None:
    befalls, file, manifest = KILLED[when]
    loads.load({"company": "Elm"}, {"company": "Oak"})
    code, _ = broken_export(warm, loads, out, "1.csv", befalls)
    assert code == -signal.SIGKILL
    assert names(out) == {*(["1.csv"] if file else []), *(["1.csv.json"] if manifest else [])}
    assert export(loads, out, "2.csv").counts.new == 2
    assert (out / "2.csv").read_text() == "company\nElm\nOak\n"
    assert not export(loads, out, "3.csv").written


# What writes a file knows no destination: each format is tried, and each destination, but not each with each.
@pytest.mark.parametrize(
    ("name", "database_url"),
    list(zip(FORMATS, ("sqlite", "mysql", "lake"), strict=True)),
    indirect=["database_url"],
)
def test_a_full_disk_is_told_and_leaves_and_marks_nothing(
    warm: WarmStarts, loads: MadeUpLoads, out: Path, name: str
) -> None:
    # Texts that do not become much shorter when they are packed.
    loads.load(
        *({"company": f"{at * 7919 % 100_003:x}{at * 104_729 % 999_983:x}" * 8} for at in range(3_000))
    )
    _, output = broken_export(warm, loads, out, f"1.{name}", FULL)
    assert f"1.{name} cannot be written: File too large" in output
    assert list(out.iterdir()) == []
    assert export(loads, out, f"2.{name}").counts.new == 3_000
