"""Every delivery under examples/, from the command line to the tables, on both databases.

`make generated` writes the expected tables; read every changed line against its record before it is committed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from leadingest.cli.main import main
from leadingest.settings import Settings
from tests.example_deliveries import ROOT, ExampleDelivery, example_deliveries, filled_columns
from tests.loaded_tables import Row, assert_counted, newest_load, read, tables_of
from tests.snapshots import REWRITE

DELIVERIES = example_deliveries()


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests counts."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LEADINGEST_{name.upper()}", raising=False)


def run(delivery: ExampleDelivery, file: Path, url: str) -> Result:
    """`leadingest run` for this file, into this database, with the mappings of the delivery's folder."""
    (source,) = [
        line.removeprefix("source: ")
        for line in delivery.mapping.read_text(encoding="utf-8").splitlines()
        if line.startswith("source: ")
    ]
    words = ["run", "--source", source, "--file", str(file), "--format", "json"]
    folders = {"LEADINGEST_MAPPINGS": str(delivery.mapping.parent), "LEADINGEST_DDL": str(ROOT / "ddl")}
    return CliRunner(env={**folders, "LEADINGEST_DATABASE_URL": url}).invoke(main, words)


def status(result: Result) -> str:
    """What the run says became of its one source."""
    (source,) = json.loads(result.stdout)["results"]
    return str(source["status"])


@pytest.mark.rewrites
@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_a_delivery_becomes_the_tables_beside_it_and_sent_again_changes_nothing(
    delivery: ExampleDelivery, database_url: str, tmp_path: Path
) -> None:
    file = delivery.copied_to(tmp_path / "inbox")
    result = run(delivery, file, database_url)
    assert result.exit_code in {0, 1}, result.output
    tables = tables_of(database_url, newest_load(database_url))
    tables["leads"] = filled_columns(tables["leads"])
    if REWRITE:
        delivery.rewrite(tables)
    assert tables == delivery.expected()
    (load,) = tables["load"]
    assert result.exit_code == {"loaded": 0, "held": 1}[load["status"]]
    if load["status"] == "loaded":
        before = kept(database_url)
        again = run(delivery, file, database_url)
        assert (status(again), again.exit_code) == ("skipped", 0)
        assert kept(database_url) == before


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_the_counts_of_a_load_are_the_rows_of_its_tables(delivery: ExampleDelivery) -> None:
    assert_counted(delivery.expected())


def kept(url: str) -> tuple[int, list[dict[str, Any]], dict[str, list[Row]]]:
    """The newest load, what is published, and the rows of that load."""
    published = read(url, "SELECT source_name, load_id FROM published_loads ORDER BY source_name")
    return newest_load(url), published, tables_of(url, newest_load(url))


def test_every_story_says_in_a_few_lines_what_it_shows() -> None:
    folders = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())
    assert {delivery.folder for delivery in DELIVERIES} == set(folders) - {ROOT / "examples/orchestration"}
    summaries = {
        folder.name: (folder / "README.md").read_text(encoding="utf-8").splitlines() for folder in folders
    }
    assert {name: len(lines) for name, lines in summaries.items()} == dict.fromkeys(summaries, 3)


def test_every_shipped_mapping_has_a_story() -> None:
    shipped = {path.stem for path in (ROOT / "mappings").glob("[!_]*.yaml")}
    assert shipped <= {delivery.folder.name for delivery in DELIVERIES}
