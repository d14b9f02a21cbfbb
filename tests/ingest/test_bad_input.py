"""Whatever lies in the inbox: nothing of it is loaded, it is told what it is, and other sources go on."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from leadingest.deliveries.delivery import Delivery
from leadingest.ingest.result import SourceResult
from tests.ingest.made_up_place import DDL, Interfering, MadeUpPlace
from tests.unprivileged import unprivileged, unprivileged_folder
from tests.workbooks import hand_made, rows_xml, table, workbook

GOOD = "Name,Phone\nOak,702-555-0143\n"
BAD = "bad.csv"


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str) -> MadeUpPlace:
    return made_up(tmp_path, sqlite_url)


def made_up(folder: Path, url: str) -> MadeUpPlace:
    """A source `good` with its delivery, and a source `bad` without one."""
    place = MadeUpPlace(folder, url, "bad", "good")
    patterns = '["bad*.csv", "bad*.xlsx", "bad*.csv.gz"]'
    mapping = folder / "mappings" / "bad.yaml"
    mapping.write_text(mapping.read_text().replace('"bad*.csv"', patterns))
    place.delivery(GOOD, "good.csv")
    return place


def zipped(path: Path, **members: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)


def encrypted_zip(path: Path) -> None:
    zipped(path, leads__csv=GOOD.encode())
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)


def protected_workbook(path: Path) -> None:
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
    )


def link_out(path: Path) -> None:
    outside = path.parents[1] / "outside.csv"
    outside.write_text(GOOD)
    path.symlink_to(outside)


def columns(*names: str) -> bytes:
    return (",".join(names) + "\n" + ",".join("x" for _ in names) + "\n").encode()


#: What makes the file, its name, and what is said of it.
KINDS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "empty": (lambda path: path.write_bytes(b""), BAD, "bad.csv: the file is empty"),
    "blank lines": (
        lambda path: path.write_bytes(b"\r\n" * 9),
        BAD,
        "bad.csv: the file contains only blank lines",
    ),
    "an error page": (
        lambda path: path.write_bytes(b"<!DOCTYPE html>\n<html><body>503 Service Unavailable</body></html>"),
        BAD,
        "bad.csv: this is a web page (HTML), not a text file with cells",
    ),
    "a PDF": (
        lambda path: path.write_bytes(b"%PDF-1.7\n%\xe2\xe3"),
        BAD,
        "bad.csv: this is a PDF, not a text file with cells",
    ),
    "an image": (
        lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        BAD,
        "bad.csv: this is an image (PNG), not a text file with cells",
    ),
    "a workbook renamed": (
        lambda path: path.write_bytes(workbook(S=table(("Name", "Phone"), ("Oak", 1)))),
        BAD,
        "bad.csv: this is a workbook (xlsx), not a text file with cells",
    ),
    "text renamed": (
        lambda path: path.write_text(GOOD),
        "bad.xlsx",
        "bad.xlsx: this is text, not a workbook (xlsx)",
    ),
    "an old workbook": (
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504),
        BAD,
        "bad.csv: this is an old workbook (xls) or a password-protected workbook, not a text file with cells",
    ),
    "a workbook with a password": (
        protected_workbook,
        "bad.xlsx",
        "bad.xlsx: this is a password-protected workbook",
    ),
    "a workbook cut off": (
        lambda path: path.write_bytes(workbook(S=table(*[(str(i),) for i in range(999)]))[:-99]),
        "bad.xlsx",
        "bad.xlsx: the workbook is damaged, cut off or written in an unusual way",
    ),
    "a zip of zips": (
        lambda path: zipped(path, inner__zip=b"PK\x05\x06" + b"\0" * 18),
        BAD,
        "bad.csv: this is a zip archive, not a text file with cells",
    ),
    "a zip of several files": (
        lambda path: zipped(path, one__csv=GOOD.encode(), two__csv=GOOD.encode()),
        BAD,
        "bad.csv: the zip archive holds 2 files: one.csv and two.csv",
    ),
    "an encrypted zip": (encrypted_zip, BAD, "bad.csv: leads.csv in the zip archive is encrypted"),
    "a gz cut off": (
        lambda path: path.write_bytes(gzip.compress(GOOD.encode() * 99)[:-9]),
        BAD,
        "bad.csv: the gz archive is damaged or cut off",
    ),
    "a bomb": (
        lambda path: path.write_bytes(gzip.compress(b"Name,Phone\n" + (b"x" * 100_000 + b",1\n") * 700)),
        BAD,
        "bad.csv: unpacks to more than 250 times its size, like an archive made to do harm",
    ),
    "a bomb in a workbook": (
        lambda path: path.write_bytes(hand_made(rows_xml(("Name", "Phone")) + "<row/>" * (12 << 20))),
        "bad.xlsx",
        "bad.xlsx: unpacks to more than 250 times its size, like an archive made to do harm",
    ),
    "60,000 times one header": (
        lambda path: path.write_bytes(columns("Phone", *["Name"] * 60_000)),
        BAD,
        "the header 'Name' occurs 60000 times, in columns 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 59990 more, "
        "and the mapping reads it",
    ),
    "a folder": (lambda path: path.mkdir(), BAD, "bad.csv: this is a folder, not a file"),
    "a pipe": (os.mkfifo, BAD, "bad.csv: this is a named pipe, not a file"),
    "a link to nothing": (
        lambda path: path.symlink_to("nothing.csv"),
        BAD,
        "bad.csv: this link to nothing.csv is broken",
    ),
}


def assert_refused(place: MadeUpPlace, results: list[SourceResult], message: str) -> None:
    bad, good = results
    assert (bad.status, bad.exit_code, bad.message) == ("failed", 1, message)
    assert bad.hint
    assert good.status == "loaded"
    assert place.shown() == ["Oak"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_no_list_is_refused_and_the_others_are_loaded(place: MadeUpPlace, kind: str) -> None:
    make, name, message = KINDS[kind]
    make(place.folder / "inbox" / name)
    assert_refused(place, place.run("bad", "good"), message)


def test_a_link_out_of_the_inbox_is_refused_until_the_mapping_allows_it(place: MadeUpPlace) -> None:
    link_out(place.folder / "inbox" / BAD)
    target = place.folder / "outside.csv"
    assert_refused(
        place,
        place.run("bad", "good"),
        f"bad.csv: a link leads out of the inbox, to {target}",
    )
    mapping = place.folder / "mappings" / "bad.yaml"
    mapping.write_text(mapping.read_text().replace('gz"]', 'gz"], links: follow'))
    assert place.run("bad")[0].status == "loaded"


def test_a_file_that_may_not_be_read_is_refused_and_the_others_are_loaded() -> None:
    with unprivileged_folder() as folder:
        place = made_up(folder, f"sqlite:///{folder / 'leads.db'}")
        place.delivery(GOOD, BAD).chmod(0)
        with unprivileged():
            assert_refused(place, place.run("bad", "good"), "bad.csv: no permission to read the file")


class AtStart(Interfering):
    """Does something to a file when its delivery is about to be read."""

    def __init__(self, change: Callable[[Path], object]) -> None:
        super().__init__()
        self._change = change

    def started(self, source: str, delivery: Delivery) -> None:
        if source == "bad":
            self._change(delivery.path)


def longer(path: Path) -> None:
    with path.open("a") as file:
        file.write("Pine,702-555-0144\n")


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "written to": (longer, "the file changed while it was being read, so nothing was loaded"),
    "touched": (
        lambda path: os.utime(path, (1, 1)),
        "the file changed while it was being read, so nothing was loaded",
    ),
    "cut short in a record": (
        lambda path: os.truncate(path, 20),
        "the file changed while it was being read, so nothing was loaded",
    ),
    "removed": (lambda path: path.unlink(), "file not found"),
}


@pytest.mark.parametrize("name", [BAD, "bad.xlsx", "bad.csv.gz"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_is_refused_and_the_others_are_loaded(
    place: MadeUpPlace, change: str, name: str
) -> None:
    content = {
        BAD: GOOD.encode(),
        "bad.xlsx": workbook(S=table(("Name", "Phone"), ("Oak", "702-555-0143"))),
        "bad.csv.gz": gzip.compress(GOOD.encode()),
    }
    (place.folder / "inbox" / name).write_bytes(content[name])
    make, message = CHANGES[change]
    results = place.run("bad", "good", observer=AtStart(make))
    assert_refused(place, results, f"{name}: {message}")


def test_ten_thousand_columns_are_no_fault(place: MadeUpPlace) -> None:
    names = ["Name", "Phone", *(f"c{number}" for number in range(10_000))]
    (place.folder / "inbox" / BAD).write_bytes(columns(*names))
    (bad,) = place.run("bad")
    assert (bad.status, bad.counts.loaded, len(bad.new_headers)) == ("loaded", 1, 10_000)


def sparse_line(path: Path) -> None:
    """One line of 512 MiB that takes no room on the disk."""
    path.write_bytes(b"Name,Phone\n")
    os.truncate(path, 1 << 29)


def far_corner(path: Path) -> None:
    """A sheet that would have 17 billion cells if it were all there."""
    path.write_bytes(workbook(S=table(("Name", "Phone"), ("Oak", "1")) | {(1_048_575, 16_383): "x"}))


#: Runs Python with the arguments and tells the most memory that it took, as its last line on standard error.
_MEASURED = """
import os, sys
child = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[1:]], os.environ)
_, status, usage = os.wait4(child, 0)
print(usage.ru_maxrss, file=sys.stderr)
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("make", "name", "expected"), [(sparse_line, BAD, "failed"), (far_corner, "bad.xlsx", "loaded")]
)
def test_no_file_takes_more_memory_for_being_huge(
    place: MadeUpPlace, make: Callable[[Path], None], name: str, expected: str
) -> None:
    make(place.folder / "inbox" / name)
    # Through a small program: what a process has taken counts from the size of the one that started it.
    command = [sys.executable, "-c", _MEASURED, "-m", "leadingest", "run", "--all", "--format", "json"]
    settings = {"DATABASE_URL": place.url, "DDL": str(DDL)}
    environment = os.environ | {f"LEADINGEST_{name}": value for name, value in settings.items()}
    done = subprocess.run(
        command, cwd=place.folder, capture_output=True, text=True, check=False, env=environment
    )
    bad, good = json.loads(done.stdout)["results"]
    assert (bad["status"], good["status"]) == (expected, "loaded")
    # In KiB: what polars takes for itself, and a few blocks.
    assert int(done.stderr.split()[-1]) < 500 << 10
