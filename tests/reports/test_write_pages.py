"""Tests of leadingest.reports.write_pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadingest.errors import ConfigurationError
from leadingest.reports.write_pages import write_pages

OURS = '<meta name="generator" content="leadingest report">'


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_pages_are_written_with_their_folders(tmp_path: Path) -> None:
    size = write_pages(tmp_path / "out", [("sources/a.html", "Zoë"), ("index.html", "all")])
    assert size == 7
    assert names(tmp_path / "out") == {"sources/a.html", "index.html"}
    assert (tmp_path / "out/sources/a.html").read_text(encoding="utf-8") == "Zoë"


def test_pages_of_an_earlier_report_go_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    write_pages(tmp_path, [("sources/a.html", OURS), ("sources/b.html", OURS), ("index.html", OURS)])
    (tmp_path / "sources/notes.html").write_text("mine")
    (tmp_path / "data.csv").write_text("mine")
    write_pages(tmp_path, [("sources/b.html", OURS), ("index.html", OURS)])
    assert names(tmp_path) == {"sources/b.html", "index.html", "sources/notes.html", "data.csv"}


def test_a_report_that_breaks_off_leaves_whole_pages_and_nothing_else(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[str, str]]:
        yield "sources/a.html", f"{OURS} new"
        raise RuntimeError

    write_pages(tmp_path, [("sources/a.html", f"{OURS} old"), ("index.html", f"{OURS} old")])
    with pytest.raises(RuntimeError):
        write_pages(tmp_path, broken())
    assert names(tmp_path) == {"sources/a.html", "index.html"}
    assert (tmp_path / "index.html").read_text() == f"{OURS} old"


def test_pages_have_the_rights_of_any_file_that_the_user_makes(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        write_pages(tmp_path, [("index.html", "all")])
    finally:
        os.umask(umask)
    assert (tmp_path / "index.html").stat().st_mode & 0o777 == 0o640


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ConfigurationError, match=r"the report cannot be written to .*out") as error:
        write_pages(tmp_path / "out", [("index.html", "all")])
    assert "--out" in error.value.hint
