"""A run into a lake imports no database: neither its library nor its driver."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

RUN = """
import sys
from leadingest.cli.main import main
main(["run", "--all"], standalone_mode=False)
main(["leads"], standalone_mode=False)
print("", *sys.modules, sep="\\n")
"""
MAPPING = "source: acme\ndelivery: {match: '*.csv'}\nfields: {company: Name}\n"


def test_a_run_into_a_lake_imports_no_database(tmp_path: Path) -> None:
    for name, text in {"mappings/acme.yaml": MAPPING, "inbox/acme.csv": "Name\nOak\n"}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=tmp_path,
        env={**os.environ, "LEADINGEST_DATABASE_URL": "lake:///lake"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "1 read = 1 loaded" in done.stdout
    assert "deltalake" in done.stdout.splitlines()
    assert not {"sqlalchemy", "MySQLdb", "sqlite3", "obstore", "boto3"} & set(done.stdout.splitlines())
