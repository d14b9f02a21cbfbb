"""Real deliveries, which lie beside the repository and are no part of it: every record is accounted for."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace

import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.mapping.delivery_format import DeliveryFormat
from tests.deliveries.conftest import Whole
from tests.real_deliveries import DATA

SCOTTSDALE = "samples/scottsdale_business_licences"
TEXAS = "samples/tx_childcare_full"

#: What must be declared where defaults do not do, and how many records are rejected, by reason.
SETTINGS: dict[str, dict[str, str]] = {
    f"{SCOTTSDALE}/2018_pipe.txt": {"delimiter": "|"},
    "samples/wales_schools_latin1/2018.csv": {"encoding": "cp1252"},
}
REJECTS = {
    f"{SCOTTSDALE}/2018.csv": {"long_record": 115},
    f"{TEXAS}/2022-02.csv": {"text_after_quote": 9},
}
TEXTS = sorted(
    path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.suffix in {".csv", ".txt"}
)
WORKBOOKS = [("samples/mo_relief_ppp/2022-r2.xlsx", 1231, 19), (f"{TEXAS}/2022-02.xlsx", 13363, 22)]

pytestmark = pytest.mark.skipif(not TEXTS, reason="the real deliveries are not beside the repository")


def whole(name: str, **keys: str) -> Whole:
    with open_records(fingerprint(DATA / name), DeliveryFormat.model_validate(keys)) as records:
        return Whole.of(records)


@pytest.mark.parametrize("name", TEXTS)
def test_the_records_and_rejects_of_a_text_are_as_many_as_a_lax_reader_finds(name: str) -> None:
    keys = SETTINGS.get(name, {})
    read = whole(name, **keys)
    assert Counter(reject[2] for reject in read.rejects) == REJECTS.get(name, {})
    text = (DATA / name).read_bytes().decode(keys.get("encoding", "utf-8"))
    lax = csv.reader(io.StringIO(text, newline=""), delimiter=keys.get("delimiter", ","))
    assert len(read.rows) + len(read.rejects) == sum(map(bool, lax)) - 1


@pytest.mark.parametrize(("name", "records", "columns"), WORKBOOKS)
def test_workbooks_are_read_whole(name: str, records: int, columns: int) -> None:
    read = whole(name)
    assert (len(read.rows), len(read.headers), read.rejects) == (records, columns, [])


def test_what_is_undeclared_cp1252_is_rejected_record_by_record() -> None:
    name = "samples/wales_schools_latin1/2018.csv"
    declared, undeclared = whole(name, encoding="cp1252"), whole(name)
    assert {reject[2] for reject in undeclared.rejects} == {"undecodable"}
    kept = dict(zip(undeclared.numbers, undeclared.rows, strict=True))
    assert len(kept) + len(undeclared.rejects) == len(declared.rows)
    assert all(declared.rows[number - 1] == row for number, row in kept.items())
    assert all("".join(declared.rows[reject[0] - 1]).isascii() is False for reject in undeclared.rejects)
    fallback = DeliveryFormat().with_fallback_encoding("cp1252")
    with open_records(fingerprint(DATA / name), fallback) as records:
        read = Whole.of(records)
    assert read.remarks == ("it was read as cp1252, because it is not utf-8",)
    assert replace(read, remarks=()) == declared


def test_one_list_with_commas_and_with_pipes_is_the_same_but_for_commas_in_cells() -> None:
    commas = whole(f"{SCOTTSDALE}/2018.csv")
    pipes = whole(f"{SCOTTSDALE}/2018_pipe.txt", **SETTINGS[f"{SCOTTSDALE}/2018_pipe.txt"])
    assert commas.headers == pipes.headers
    left = Counter(pipes.rows) - Counter(commas.rows)
    assert not Counter(commas.rows) - Counter(pipes.rows)
    # What is left of the list with pipes are the rejects of the other one, and two of these it does not have.
    raw = Counter(reject[4] for reject in commas.rejects)
    joined = Counter(",".join(row) for row in left.elements())
    assert joined <= raw
    assert (joined.total(), (raw - joined).total()) == (113, 2)


def test_one_list_as_text_and_as_a_workbook_is_the_same_but_for_stray_quotes() -> None:
    text, book = whole(f"{TEXAS}/2022-02.csv"), whole(f"{TEXAS}/2022-02.xlsx")
    columns = [book.headers.index(header) for header in text.headers]
    rows = {number: [book.rows[number - 1][at] for at in columns] for number in text.numbers}
    kept = dict(zip(text.numbers, text.rows, strict=True))
    assert {number: [*map(ink, row)] for number, row in kept.items()} == {
        number: [*map(ink, row)] for number, row in rows.items()
    }
    rejected = {reject[0]: reject[4] for reject in text.rejects}
    assert set(rejected) | set(rows) == set(range(1, len(book.rows) + 1))
    for number, raw in rejected.items():
        # That program dropped some of the stray quotes; apart from quotes and blanks the record is the same.
        cells = [ink(book.rows[number - 1][at]) for at in columns]
        assert "".join(raw.replace('"', "").split()) == "".join(",".join(cells).replace('"', "").split())


def ink(cell: str) -> str:
    """What both files mean: the workbook was written by a program that cut blanks, and made nan of nothing."""
    return "" if cell == "nan" else cell.strip()
