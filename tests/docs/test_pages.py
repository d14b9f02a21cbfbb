"""What the pages say is there: files, anchors, commands and options, mappings, and code that parses."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from leadingest.cli.main import COMMANDS
from leadingest.mapping.read_mapping import read_mapping
from tests.docs.generated import DOCS, generated
from tests.docs.markdown import FENCE
from tests.report_picture import digest_of_page

ROOT = DOCS.parent
#: All Markdown for people; the changelog tells of how things were.
PAGES = sorted(
    {
        *ROOT.glob("*.md"),
        *DOCS.rglob("*.md"),
        *(ROOT / ".github").glob("*.md"),
        *(ROOT / "examples").glob("*/README.md"),
    }
    - {ROOT / "CHANGELOG.md"}
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.*)$", re.MULTILINE)
_OURS = re.compile(r"(?:leadingest|tests|docs|ddl|examples|mappings|\.github|\.ci)/[\w./-]*[\w/]")
_CALL = re.compile(r"(?<![\w.-])(?<!from )leadingest ([a-z]+(?:-[a-z]+)*)([^;|&>]*)")
#: Files of a reader's project, by their names.
_THEIRS = re.compile(r"mappings/(?:acme\.yaml|NAME|mapping\.schema|homes)|ddl$|ddl/(?:nurseries|NAME|$)")


def prose(page: Path) -> str:
    """The page without code and comments."""
    return _CODE.sub("", _COMMENT.sub("", FENCE.sub("", page.read_text(encoding="utf-8"))))


def fences(language: str) -> list[tuple[Path, str]]:
    """The blocks of code in a language, each with its page."""
    return [
        (page, text)
        for page in PAGES
        for name, text in FENCE.findall(page.read_text(encoding="utf-8"))
        if name == language
    ]


def anchors(page: Path) -> set[str]:
    """What can be linked to in it, as GitHub and the site name headings."""
    titles = _HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def named_in_code(page: Path) -> Iterator[str]:
    """What stands in code between words, and the lines of blocks that a shell runs."""
    text = _COMMENT.sub("", page.read_text(encoding="utf-8"))
    for language, block in FENCE.findall(text):
        if language in {"sh", "console", "ini", "python", "yaml"}:
            yield from block.replace("\\\n", " ").splitlines()
    yield from (" ".join(each.split()) for _, each in _CODE.findall(FENCE.sub("", text)))


def test_what_is_made_from_the_program_is_up_to_date() -> None:
    stale = [path for path, text in generated().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run `make generated`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(prose(page)):
        if link.startswith(("https://", "mailto:")):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        # The site has the pages under docs/ and nothing else.
        fits = target.is_relative_to(DOCS) or not page.is_relative_to(DOCS)
        if not (fits and target.exists() and (not anchor or anchor in anchors(target))):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_name_is_taken_for_html(page: Path) -> None:
    assert set(re.findall(r"(?<!\\)<[a-z/][^>]*>", prose(page))) <= {"<br>"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_of_ours_that_is_named_is_there(page: Path) -> None:
    named = {path for code in named_in_code(page) for path in _OURS.findall(code) if code.startswith(path)}
    missing = {path for path in named if not (ROOT / path).exists() and not _THEIRS.match(path)}
    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_is_named_has_the_options_it_is_given(page: Path) -> None:
    commands = {str(command.name): command for command in COMMANDS}
    wrong: list[str] = []
    for code in named_in_code(page):
        for name, rest in _CALL.findall(code):
            options = {"--help", *(option for each in commands[name].params for option in each.opts)}
            wrong += [f"{name} {option}" for option in set(re.findall(r"--[a-z][a-z-]*", rest)) - options]
    assert wrong == []


def test_every_mapping_that_is_shown_can_be_read(tmp_path: Path) -> None:
    shown = [text for page, text in fences("yaml") if page.parent in {DOCS, ROOT} and "\nfields:" in text]
    assert len(shown) >= 2
    for text in shown:
        file = tmp_path / "source3.yaml"
        file.write_text(text, encoding="utf-8")
        assert read_mapping(file, ddl=ROOT / "ddl").source


def test_code_that_is_shown_can_be_parsed() -> None:
    for page, text in fences("yaml"):
        if "reference" not in page.parts:
            yaml.safe_load(text)
    for page, text in fences("python"):
        compile(text, page.name, "exec")
    shell = "\n".join(text for _, text in fences("sh"))
    subprocess.run(["bash", "-n", "-c", shell], check=True)


def test_every_page_begins_with_what_the_reader_can_do() -> None:
    for page in DOCS.rglob("*.md"):
        lines = page.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# "), page
        assert re.match(r"[A-Z]", lines[2]), page


def test_every_page_is_in_the_table_of_contents() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    listed = {
        line for name, block in FENCE.findall(index) if name == "{toctree}" for line in block.splitlines()
    }
    pages = {page.relative_to(DOCS).with_suffix("").as_posix() for page in DOCS.rglob("*.md")}
    assert pages == {line for line in listed if line and line[0] != ":"} | {"index"}


def test_the_readme_is_short() -> None:
    assert (ROOT / "README.md").stat().st_size <= 8000


def test_the_picture_of_the_report_is_of_the_page_as_it_is() -> None:
    assert digest_of_page().encode() in (DOCS / "report.png").read_bytes(), (
        "draw it anew: .ci/browser && .venv/bin/python -m tests.report_picture docs/report.png"
    )
