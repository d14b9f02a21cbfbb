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
from tests.loaded_tables import assert_counted, newest_load, read, tables_of
from tests.snapshots import REWRITE

DELIVERIES = example_deliveries()
TABLES_OF_LOADS = ("lead_sources", "load_rejects", "load_invalid_values")


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
def test_a_delivery_becomes_the_tables_beside_it(
    delivery: ExampleDelivery, database_url: str, tmp_path: Path
) -> None:
    result = run(delivery, delivery.copied_to(tmp_path / "inbox"), database_url)
    assert result.exit_code in {0, 1}, result.output
    tables = tables_of(database_url, newest_load(database_url))
    tables["leads"] = filled_columns(tables["leads"])
    if REWRITE:
        delivery.rewrite(tables)
    assert tables == delivery.expected()
    (load,) = tables["load"]
    assert result.exit_code == {"loaded": 0, "held": 1}[load["status"]]


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_the_counts_of_a_load_are_the_rows_of_its_tables(delivery: ExampleDelivery) -> None:
    assert_counted(delivery.expected())


def test_the_same_deliveries_again_are_skipped_and_change_nothing(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The stories of one source are of any length.
    monkeypatch.setenv("LEADINGEST_LARGEST_FALL", "off")
    published = [each for each in DELIVERIES if each.expected()["load"][0]["status"] == "loaded"]
    files = {each.name: each.copied_to(tmp_path / "inbox") for each in published}
    for delivery in published:
        assert status(run(delivery, files[delivery.name], database_url)) == "loaded"
    before = rows_of_all(database_url)
    for delivery in published:
        again = run(delivery, files[delivery.name], database_url)
        assert (status(again), again.exit_code) == ("skipped", 0)
    assert rows_of_all(database_url) == before


def rows_of_all(url: str) -> dict[str, Any]:
    """How many rows each table has, and what is published."""
    counts = {
        table: read(url, f"SELECT COUNT(*) AS n FROM {table}")[0]["n"]
        for table in (*TABLES_OF_LOADS, "loads")
    }
    published = read(url, "SELECT source_name, load_id FROM published_loads ORDER BY source_name")
    return {**counts, "published": published}


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
