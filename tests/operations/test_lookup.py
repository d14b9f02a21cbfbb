"""Tests of leadingest.operations.lookup."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from leadingest.operations.lookup import MOST_BYTES, Lookup
from tests.operations.laws import applied
from tests.unprivileged import unprivileged, unprivileged_folder


def lookup(folder: Path, file: str = "c.csv", key: str = "code", value: str = "name") -> Lookup:
    entry = {"lookup": {"file": file, "key": key, "value": value}, "otherwise": "invalid"}
    return Lookup.model_validate(entry, context={"folder": folder})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mappings").mkdir()
    (tmp_path / "secret.csv").write_text("code,name\n1,x\n", encoding="utf-8")
    (tmp_path / "mappings" / "c.csv").write_text(
        'code,name,more\n001, Elko ,x\n003,"Clark, NV",y\n9,,z\n', encoding="utf-8"
    )
    return tmp_path / "mappings"


def test_a_value_is_looked_up_and_another_taken(folder: Path) -> None:
    assert applied(lookup(folder), ["001", "003", "9", "1", None]) == ["Elko", "Clark, NV", "", None, None]


def test_a_file_is_read_once_for_all_fields_of_a_mapping(folder: Path) -> None:
    context: dict[str, object] = {"folder": folder, "files": {}}
    for value, found in (("name", "Elko"), ("more", "x")):
        table = {"file": "c.csv", "key": "code", "value": value}
        read = Lookup.model_validate({"lookup": table, "otherwise": "invalid"}, context=context)
        assert read.lookup.rows["001"] == found
        (folder / "c.csv").unlink(missing_ok=True)


@pytest.mark.parametrize("file", ["../secret.csv", "/etc/hostname", "link.csv"])
def test_a_file_outside_the_folder_of_the_mapping_is_refused(folder: Path, file: str) -> None:
    (folder / "link.csv").symlink_to(folder.parent / "secret.csv")
    with pytest.raises(ValidationError, match="not in the folder of the mapping"):
        lookup(folder, file)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"file": "d.csv"}, "names the file 'd.csv', which does not exist"),
        ({"key": "cod"}, "names the column 'cod', which 'c.csv' does not have"),
        ({"value": "nam"}, "names the column 'nam', which 'c.csv' does not have"),
    ],
)
def test_a_table_that_is_not_there_is_refused(folder: Path, change: dict[str, str], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        lookup(folder, **change)


PLACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (Path.mkdir, "Is a directory"),
    "a pipe": (os.mkfifo, "this is a named pipe, not a file"),
    "a link in a circle": (lambda path: path.symlink_to("d.csv"), "symbolic links|not a valid file path"),
    "huge": (lambda path: path.write_bytes(bytes(MOST_BYTES + 1)), "more than 32,000,000 bytes"),
    "not text": (lambda path: path.write_bytes(b"code,name\n1,\xff\n"), "can't decode"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_what_cannot_be_read_as_a_table_is_refused_and_never_waited_for(folder: Path, kind: str) -> None:
    make, message = PLACES[kind]
    make(folder / "d.csv")
    with pytest.raises(ValidationError, match=message):
        lookup(folder, "d.csv")


def test_a_name_that_no_file_can_have_is_refused(folder: Path) -> None:
    with pytest.raises(ValidationError, match=r"cannot read|not a valid file path"):
        lookup(folder, "c\0.csv")


def test_a_table_that_may_not_be_read_is_refused() -> None:
    with unprivileged_folder() as open_to_all:
        (open_to_all / "c.csv").touch(mode=0)
        with unprivileged(), pytest.raises(ValidationError, match=r"cannot read 'c\.csv': Permission denied"):
            lookup(open_to_all)


def test_a_key_with_two_values_is_refused(folder: Path) -> None:
    (folder / "c.csv").write_text("code,name\n1,Elko\n1,Clark\n", encoding="utf-8")
    with pytest.raises(
        ValidationError, match=r"finds '1' twice in 'c\.csv', with different values; .* in line 3"
    ):
        lookup(folder)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,name\n1,St. Mary's, MD\n", "line 2 has 3 cells, but the header has 2"),
        ("code,name\n1,Elko\n\n2\n3,Clark\n", "line 4 has 1 cells, but the header has 2"),
        ('code,name\n1,"Elko\nCounty"\n2,Clark,\n', "line 4 has 3 cells, but the header has 2"),
        ('code,name\n1,Elko\n2,"Clark"x\n', "line 3: "),
        ('code,name\n1,Elko\n2,"Clark\n3,Nye\n', "line 3: "),
        ("code,name,code\n1,Elko,2\n", "names the column 'code', which 'c.csv' has 2 times"),
        ("", "names the column 'code', which 'c.csv' does not have"),
    ],
)
def test_a_table_is_read_as_strictly_as_a_delivery(folder: Path, text: str, message: str) -> None:
    (folder / "c.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValidationError) as refused:
        lookup(folder)
    assert message in str(refused.value)


def test_blank_lines_and_blanks_in_the_header_are_no_matter(folder: Path) -> None:
    (folder / "c.csv").write_text("\n code , name\n\n1,Elko\n , \n", encoding="utf-8")
    assert applied(lookup(folder), ["1", "2"]) == ["Elko", None]


def test_what_becomes_of_an_unknown_value_must_be_said(folder: Path) -> None:
    entry = {"lookup": {"file": "c.csv", "key": "code", "value": "name"}}
    with pytest.raises(ValidationError, match="otherwise"):
        Lookup.model_validate(entry, context={"folder": folder})
