"""Tests of leadingest.reports.render.html."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from leadingest.errors import ConfigurationError
from leadingest.reports.problem import problem
from leadingest.reports.render.html import page, render, squeezed, write_pages
from leadingest.reports.report import Block, Report

PAGE = """\
<style>
a :hover, b { color: red; --x: light-dark(#fff, #000); }
@media print {
  c { margin: 0 auto; }
}
</style>
<table><thead><tr><th>a</th></tr></thead>
<tbody>
<tr><td>1</td>
<td>a : b; c &lt;/td&gt;</td></tr>
</tbody></table>
<svg xmlns="http://www.w3.org/2000/svg"><path d="M 5 28 v -9.5 M 9 28 v -3"/></svg>
"""


def test_what_a_browser_does_not_need_is_left_out_and_text_stays() -> None:
    assert squeezed(PAGE) == (
        "<style>\na :hover,b{color:red;--x:light-dark(#fff,#000)}@media print{c{margin:0 auto}}</style>\n"
        '<table><thead><tr><th>a<tbody>\n<tr><td>1<td>a : b; c &lt;/td&gt;</table>\n<svg><path d="M5 28v-9.5M9 28v-3"/></svg>\n'
    )


class OneMessage(Report):
    """A report that something is wrong."""

    title = "trial"

    def body(self) -> Iterator[Block]:
        """What is wrong, and what to do."""
        return problem("set `quote: <b>` in <i>", hint="a ` alone stays")

    def data(self) -> dict[str, Any]:
        """Nothing."""
        return {}


def test_what_a_message_writes_as_code_is_code_and_all_of_it_is_escaped() -> None:
    body = "".join(render(OneMessage()))
    assert "error: set <code>quote: &lt;b&gt;</code> in &lt;i&gt;" in body
    assert "hint: a ` alone stays" in body


def test_a_page_that_misses_content_is_not_made() -> None:
    with pytest.raises(UndefinedError):
        page("preview")


def test_there_is_no_other_page() -> None:
    with pytest.raises(TemplateNotFound):
        page("nonsense")


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
    with pytest.raises(ConfigurationError, match=r"cannot write the report to .*out") as error:
        write_pages(tmp_path / "out", [("index.html", "all")])
    assert "--out" in error.value.hint
