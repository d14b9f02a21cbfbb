"""A made-up project for the commands to work on."""

from pathlib import Path

import pytest

from tests.cli.made_up_project import NEVADA, NEVADA_CSV, UTAH, UTAH_CSV, MadeUpProject


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeUpProject:
    """Two sources, nevada with three records and utah with one; nothing loaded yet."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "DATABASE_URL",
        "INBOX",
        "MAPPINGS",
        "DDL",
        "DEAD_LETTERS",
        "ARCHIVE",
        "LOG_FORMAT",
        "LOG_LEVEL",
    ):
        monkeypatch.delenv(f"LEADINGEST_{name}", raising=False)
    made_up = MadeUpProject(tmp_path)
    made_up.write("mappings/nevada.yaml", NEVADA)
    made_up.write("mappings/utah.yaml", UTAH)
    made_up.write("inbox/nevada.csv", NEVADA_CSV)
    made_up.write("inbox/utah.csv", UTAH_CSV)
    return made_up
