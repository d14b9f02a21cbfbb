"""The rejects of a load as a file to be corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.deliveries.delivery import fingerprint
from leadingest.engine.transform import Transform
from leadingest.errors import UsageError
from leadingest.expressions import BLANKS
from leadingest.ingest.replay.rejects_file import RejectsLayout, corrected_file, rejects_as_file
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.read_mapping import read_mapping
from leadingest.tables.rejects import CUT
from tests.destinations.made_up import rejects_of
from tests.reports.test_replay import LOAD

DDL = Path(__file__).parents[3] / "ddl"


def written(
    *rejects: tuple[Any, ...], headers: tuple[str, ...] = ("Name", "Phone"), dialect: str = "", **fmt: Any
) -> bytes:
    """The file of these rejects, of a load read in this dialect and a mapping with this `delivery` section."""
    layout = RejectsLayout.of(DeliveryFormat(**fmt), replace(LOAD, load_id=1, dialect=dialect), headers)
    return b"".join(rejects_as_file([rejects_of(*rejects)], layout))


def unread(raw: str) -> tuple[Any, ...]:
    return (1, 2, None, "long_record", "3 cells instead of 2", raw)


def refused(raw: str) -> tuple[Any, ...]:
    return (2, 3, "phone", "phone", "Phone is not a valid phone number", raw)


def test_a_record_stands_as_it_came_or_as_its_cells_say_behind_its_number() -> None:
    assert written(unread('Oak,"1,2'), refused('{"Name":"Elm, \\"E\\"","Phone":""}')) == (
        b'record of load 1,Name,Phone\n1,Oak,"1,2\n2,"Elm, ""E""",\n'
    )


@pytest.mark.parametrize(
    ("fmt", "content"),
    [
        ({"delimiter": ";"}, "record of load 1;Name;Phone\n2;Elm \N{SNOWMAN};1\n"),
        ({"quote": "none"}, "record of load 1,Name,Phone\n2,Elm \N{SNOWMAN},1\n"),
        ({"header": "none", "names": ["A", "B"]}, "record of load 1,A,B\n2,Elm \N{SNOWMAN},1\n"),
        (
            {"skip_lines": 2, "header": 2, "footer": 1, "encoding": "cp1252"},
            "record of load 1,Name,Phone\n2,Elm \N{SNOWMAN},1\n",
        ),
    ],
    ids=str,
)
def test_cells_are_told_apart_as_in_the_delivery_and_all_else_is_plain(
    fmt: dict[str, Any], content: str
) -> None:
    assert written(refused('{"Name":"Elm \N{SNOWMAN}","Phone":"1"}'), **fmt) == content.encode()


def test_a_dialect_that_was_found_out_counts_unless_the_mapping_names_one() -> None:
    reject, found = refused('{"Name":"Elm","Phone":"1"}'), '{"delimiter": ";", "quote": "\'", "escape": null}'
    headers = ("Name", "P;1")
    assert written(reject, headers=headers, dialect=found) == b"record of load 1;Name;'P;1'\n2;Elm;1\n"
    text = written(reject, headers=headers, dialect=found, delimiter="|")
    assert text == b"record of load 1|Name|P;1\n2|Elm|1\n"


@pytest.mark.parametrize("raw", ['{"Name":"Elm","Pho' + CUT, None])
def test_a_record_that_the_database_could_not_take_whole_stands_as_far_as_it_is_there(
    raw: str | None,
) -> None:
    assert written((2, 3, "phone", "phone", "no", raw)).endswith(f"\n2,{raw or ''}\n".encode())


def test_a_cell_that_cannot_be_written_without_quotes_is_told() -> None:
    with pytest.raises(
        UsageError,
        match="record 2 has ',' or a line end in a cell, which cannot be written with `quote: none`",
    ):
        written(refused('{"Name":"Elm, Inc.","Phone":"1"}'), quote="none")


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

    frame = pl.DataFrame(rows, schema={"0": pl.String, "1": pl.String}, orient="row")
    transform = Transform(mapping, ["Name", "Phone"], today=date(2026, 1, 1))
    numbers = range(1, len(rows) + 1)
    mapped = transform.batch(frame, numbers=numbers, lines=range(2, len(rows) + 2))
    assert mapped.rejects.height == len(rows)
    load = replace(LOAD, records_read=len(rows))
    layout = RejectsLayout.of(mapping.delivery, load, ["Name", "Phone"])
    file = folder / "fixed.csv"
    file.write_bytes(b"".join(rejects_as_file([mapped.rejects], layout)))
    with corrected_file(fingerprint(file), mapping.delivery, load, layout) as corrected:
        batches = list(corrected.batches())
    assert [row for batch in batches for row in batch.frame.rows()] == rows
    assert [number for batch in batches for number in batch.numbers] == [*numbers]
