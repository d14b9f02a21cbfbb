from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.readers import READERS
from leadingest.deliveries.records import Layout
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat, FileFormat
from tests.workbooks import table, workbook


def test_every_format_of_the_language_has_a_reader() -> None:
    assert set(READERS) == set(get_args(FileFormat))


def test_the_declared_format_goes_before_the_name(read: Callable[..., Any]) -> None:
    assert read(b"a\tb\n1\t2\n", name="leads.xlsx", format="tsv").rows == [("1", "2")]


def test_a_file_that_has_gone_is_told(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("a\n1\n")
    delivery = fingerprint(path)
    path.unlink()
    with (
        pytest.raises(DeliveryError, match=r"leads\.csv: file not found"),
        open_records(delivery, DeliveryFormat()),
    ):
        pass


def test_reading_may_stop_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("a\n" + "1\n" * 1000)
    with open_records(fingerprint(path), DeliveryFormat(), block_size=10) as records:
        assert next(records.batches()).numbers[0] == 1


@pytest.mark.parametrize(
    ("name", "content", "fmt", "layout"),
    [
        ("a.csv", b"a,b\n1,2\n", {}, Layout(1, ",", '"')),
        ("a.csv", b"list of\n\na;b\n1;2\n1;2\n", {"skip_lines": 1}, Layout(3, ";", '"', ("list of", ""))),
        (
            "a.csv",
            b"list\na,b\n1,2\n",
            {"header": ["a", "b"], "quote": "none"},
            Layout(2, ",", "", ("list",)),
        ),
        ("a.csv", b"1,2\n", {"header": "none", "names": ["a", "b"]}, Layout(None, ",", '"')),
        ("a.xlsx", workbook(list=table(("a", "b"), ("1", "2"), at=(2, 1))), {}, Layout(3)),
        (
            "a.xlsx",
            workbook(list=table(("1", "2"))),
            {"header": "none", "names": ["a", "b"]},
            Layout(None),
        ),
    ],
)
def test_how_a_delivery_is_laid_out_is_told(
    name: str, content: bytes, fmt: dict[str, Any], layout: Layout, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with open_records(fingerprint(tmp_path / name), DeliveryFormat(**fmt)) as records:
        assert records.layout == layout
