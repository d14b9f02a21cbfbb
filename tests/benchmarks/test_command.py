"""The command of the benchmarks works; what it finds at these sizes means nothing, and nothing is timed here."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.benchmarks.__main__ import main
from tests.benchmarks.figure import Figure
from tests.benchmarks.made_up.broken import BREAKS
from tests.benchmarks.measurements import MEASUREMENTS, broken_records
from tests.benchmarks.setting import Setting
from tests.databases import run_sql

pytestmark = pytest.mark.long

STATE = "SELECT @@GLOBAL.local_infile, COUNT(*) FROM information_schema.schemata"
SMALL = ["--records", "40", "--runs", "1"]


def test_it_measures_a_server_and_leaves_it_as_it_was(
    mysql_server: sa.URL, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = run_sql(mysql_server, STATE)
    url = mysql_server.render_as_string(hide_password=False)
    words = ["--mysql", url, "--only", "mysql_load", *SMALL, "--folder", str(tmp_path)]
    main([*words, "--json", str(tmp_path / "figures.json")])
    figures = json.loads((tmp_path / "figures.json").read_text())["figures"]
    table = capsys.readouterr().out
    assert len(figures) == 3
    assert all(figure["values"] and figure["what"] in table for figure in figures)
    assert run_sql(mysql_server, STATE) == before
    assert [path.name for path in tmp_path.iterdir()] == ["figures.json"]


def test_reading_alone_is_measured_for_each_way_of_quoting(
    mysql_server: sa.URL, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = mysql_server.render_as_string(hide_password=False)
    main(["--mysql", url, "--only", "reading", *SMALL, "--folder", str(tmp_path)])
    lines = [
        line for line in capsys.readouterr().out.splitlines() if line.startswith("| 40 records read only")
    ]
    assert [line.split("quoted: ")[1].split(" |")[0] for line in lines] == ["never", "necessary", "always"]
    assert all("× polars' scan_csv" in line for line in lines)


def test_broken_records_are_measured_for_each_share(
    monkeypatch: pytest.MonkeyPatch, mysql_server: sa.URL, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    way = "a stray quote"
    monkeypatch.setattr(broken_records, "BREAKS", {way: BREAKS[way]})
    url = mysql_server.render_as_string(hide_password=False)
    main(["--mysql", url, "--only", "broken_records", *SMALL, "--folder", str(tmp_path)])
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| 40 records")]
    assert [line.split("mapped, ")[1].split(" of")[0] for line in lines] == ["0.01%", "0.10%", "1.00%"]


def test_the_proof_of_blocks_is_measured_for_each_way_of_quoting(
    mysql_server: sa.URL, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = mysql_server.render_as_string(hide_password=False)
    main(["--mysql", url, "--only", "proof", *SMALL, "--folder", str(tmp_path)])
    out = capsys.readouterr().out
    lines = [line for line in out.splitlines() if line.startswith("| 40 records into SQLite, cells")]
    assert [line.split("quoted: ")[1].split(" |")[0] for line in lines] == ["never", "necessary", "always"]
    assert all("without its proof" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "sizes"),
    [
        ([], (100_000, 1_000_000, 20, 10, 2)),
        (["--full"], (1_000_000, 10_000_000, 100, 52, 3)),
        (["--full", "--runs", "5"], (1_000_000, 10_000_000, 100, 52, 5)),
    ],
)
def test_one_word_asks_for_the_sizes_of_the_budgets(
    monkeypatch: pytest.MonkeyPatch, words: list[str], sizes: tuple[int, ...]
) -> None:
    settings: list[Setting] = []

    def measured(setting: Setting) -> Iterator[Figure]:
        settings.append(setting)
        return iter(())

    monkeypatch.setitem(MEASUREMENTS, "reading", measured)
    assert main(["--mysql", "--only", "reading", *words]) == 0
    (found,) = settings
    assert (found.records, found.many_records, found.sources, found.loads, found.runs) == sizes


def test_what_cannot_be_measured_is_said_in_the_table(
    monkeypatch: pytest.MonkeyPatch, mysql_server: sa.URL, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    main(["--mysql", mysql_server.render_as_string(hide_password=False), "--only", "sqlite_load", *SMALL])
    assert "| not measured: there is no program sqlite3 to compare with |" in capsys.readouterr().out
