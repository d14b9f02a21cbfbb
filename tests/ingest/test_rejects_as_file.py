"""The rejects of a load as a file like the delivery."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.engine.transform import Transform
from leadingest.expressions import BLANKS
from leadingest.ingest.rejects_as_file import rejects_as_file
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.read_mapping import read_mapping
from tests.destinations.made_up import rejects_of

DDL = Path(__file__).parents[2] / "ddl"


def written(*rejects: tuple[Any, ...], headers: tuple[str, ...] = ("Name", "Phone"), **fmt: Any) -> bytes:
    """The file of these rejects, of a mapping with this `delivery` section."""
    return b"".join(rejects_as_file([rejects_of(*rejects)], headers, DeliveryFormat(**fmt)))


def unread(raw: str) -> tuple[Any, ...]:
    return (1, 2, None, "long_record", "3 cells instead of 2", raw)


def refused(raw: str) -> tuple[Any, ...]:
    return (2, 3, "phone", "phone", "Phone is not a valid phone number", raw)


def test_a_record_stands_as_it_came_or_as_its_cells_say() -> None:
    assert written(unread('Oak,"1,2'), refused('{"Name":"Elm, \\"E\\"","Phone":""}')) == (
        b'Name,Phone\nOak,"1,2\n"Elm, ""E""",\n'
    )


@pytest.mark.parametrize(
    ("fmt", "content"),
    [
        ({"delimiter": ";"}, b"Name;Phone\nElm;1\n"),
        ({"format": "tsv"}, b"Name\tPhone\nElm\t1\n"),
        ({"skip_lines": 2}, b"-\n-\nName,Phone\nElm,1\n"),
        ({"skip_lines": 1, "header": 2}, b"-\n-\nName,Phone\nElm,1\n"),
        ({"header": {"match": ["Name"]}}, b"Name,Phone\nElm,1\n"),
        ({"header": "none", "names": ["Name", "Phone"]}, b"Elm,1\n"),
        ({"footer": 1}, b"Name,Phone\nElm,1\n-\n"),
        ({"encoding": "utf-16-le"}, "Name,Phone\nElm,1\n".encode("utf-16-le")),
    ],
    ids=str,
)
def test_the_file_is_such_as_the_mapping_reads(fmt: dict[str, Any], content: bytes) -> None:
    assert written(refused('{"Name":"Elm","Phone":"1"}'), **fmt) == content


def test_a_dialect_that_was_found_out_counts_unless_the_mapping_names_one() -> None:
    def file(fmt: DeliveryFormat) -> bytes:
        batches = [rejects_of(refused('{"Name":"Elm","Phone":"1"}'))]
        dialect = '{"delimiter": ";", "quote": "\'", "escape": null}'
        return b"".join(rejects_as_file(batches, ["Name", "P;1"], fmt, dialect=dialect))

    assert file(DeliveryFormat()) == b"Name;'P;1'\nElm;1\n"
    assert file(DeliveryFormat(delimiter="|")) == b"Name|P;1\nElm|1\n"


def test_what_the_encoding_has_no_sign_for_stands_as_in_the_table() -> None:
    raw = '{"Name":"\N{SNOWMAN}","Phone":"1"}'
    assert written(refused(raw), encoding="cp1252") == b"Name,Phone\n\\u2603,1\n"


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6))
@settings(max_examples=60)
def test_what_a_mapping_refused_comes_back_when_the_file_is_read(
    rows: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("rejects")
    path = folder / "utah.yaml"
    path.write_text(
        "source: utah\ndelivery: {match: '*.csv', delimiter: ',', quote: '\"', escape: none}\n"
        "fields: {company: {from: Name, one_of: [Oak], required: true}}\n"
    )
    mapping = read_mapping(path, ddl=DDL)
    # A blank row is no record.
    rows = [row for row in rows if row[0].strip() != "Oak" and "".join(row).strip(BLANKS)]

    def read(content: bytes) -> list[tuple[str, ...]]:
        file = folder / "utah.csv"
        file.write_bytes(content)
        with open_records(fingerprint(file), mapping.delivery) as records:
            batches = list(records.batches())
            return [tuple(row) for batch in batches for row in batch.frame.rows()]

    frame = pl.DataFrame(rows, schema={"0": pl.String, "1": pl.String}, orient="row")
    transform = Transform(mapping, ["Name", "Phone"], today=date(2026, 1, 1))
    mapped = transform.batch(frame, numbers=range(1, len(rows) + 1), lines=range(2, len(rows) + 2))
    assert mapped.rejects.height == len(rows)
    content = b"".join(rejects_as_file([mapped.rejects], ["Name", "Phone"], mapping.delivery))
    assert read(content) == rows
