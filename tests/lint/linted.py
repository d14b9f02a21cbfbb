"""Lint a few files that stand in a test, as the command would."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import get_args

from leadingest.deliveries.inboxes.folder_inbox import FolderInbox
from leadingest.deliveries.inboxes.open_inbox import opened_file
from leadingest.errors import Kind
from leadingest.ingest.lint_mappings import lint_mappings
from leadingest.ingest.read_sample import read_sample
from leadingest.lint.finding import LintResult
from leadingest.lint.rule import files_of

DDL = Path(__file__).parents[2] / "ddl"
#: What an example leaves out because every mapping has it.
FRAME = {
    "source": "source: acme\n",
    "delivery": 'delivery: {match: "acme*.csv"}\n',
    "fields": "fields: {company: Name}\n",
}


def framed(text: str) -> str:
    """The mapping with what an example leaves out, below what it says: its lines keep their numbers."""
    missing = [line for key, line in FRAME.items() if f"\n{key}:" not in f"\n{text}"]
    return text + "".join(missing)


def lint_example(example: str, folder: Path, *, frame: bool = True) -> LintResult:
    """What lint finds in the files of an example, written into the folder, in which the user stands."""
    (folder / "ddl").mkdir(exist_ok=True)
    for table in DDL.glob("*.yaml"):
        shutil.copy(table, folder / "ddl")
    for name, text in files_of(example).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        of_a_mapping = frame and path.parent.name == "mappings" and path.suffix == ".yaml"
        path.write_text(
            framed(text) if of_a_mapping and not path.name.startswith("_") else text, encoding="utf-8"
        )
    sample = folder / "sample.csv"
    return lint_mappings(
        [folder / "mappings"],
        ddl=folder / "ddl",
        inbox=FolderInbox(folder / "inbox"),
        sample_for=(
            lambda reading: read_sample(reading, sample.name, opened_file(sample), today=date(2026, 6, 30))
        )
        if sample.exists()
        else None,
    )


def found_by(code: str, mapping: str, folder: Path) -> int:
    """How often a rule finds something in the mapping, which no other rule refuses."""
    findings = lint_example("# mappings/acme.yaml\n" + mapping, folder).findings
    assert [each.message for each in findings if each.name in get_args(Kind)] == []
    return sum(each.code == code for each in findings)
