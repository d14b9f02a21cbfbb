"""A project whose inbox, archive, dead letters, report and exports lie in a bucket, from the command line."""

from __future__ import annotations

import json
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from leadingest.cli.main import main
from leadingest.ingest.run import SourceRun
from leadingest.settings import Settings
from tests.cli.made_up_project import NEVADA, NEVADA_CSV, UTAH, UTAH_CSV
from tests.example_deliveries import ROOT, ExampleDelivery, example_deliveries, filled_columns
from tests.loaded_tables import newest_load, read, tables_of
from tests.object_storage import Bucket
from tests.real_deliveries import EXERCISE, real


@pytest.fixture(autouse=True)
def _project(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project in which the user stands, with two sources, and nothing in its bucket."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LEADINGEST_{name.upper()}", raising=False)
    for setting in ("inbox", "archive", "dead_letters"):
        monkeypatch.setenv(f"LEADINGEST_{setting.upper()}", f"{bucket.url}/{setting}/")
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings/nevada.yaml").write_text(NEVADA)
    (tmp_path / "mappings/utah.yaml").write_text(UTAH)


def call(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == code, result.output
    return result


def statuses(result: Result) -> dict[str, str]:
    return {each["source"]: each["status"] for each in json.loads(result.stdout)["results"]}


def without_hashes(keys: list[str]) -> list[str]:
    return [
        key if "_" not in Path(key).name else f"{Path(key).parent}/…{Path(key).name[33:]}" for key in keys
    ]


def test_a_run_loads_the_newest_objects_and_the_bucket_archives_them(bucket: Bucket) -> None:
    bucket.put("inbox/nevada 1+%2F.csv", NEVADA_CSV.encode())
    bucket.put("inbox/utah.csv", UTAH_CSV.encode())
    assert statuses(call("run", "--all", "--format", "json")) == {"nevada": "loaded", "utah": "loaded"}
    kept = [key for key in bucket.keys() if not key.startswith("inbox/")]
    assert without_hashes(kept) == ["archive/nevada/…_nevada_1_2F.csv", "archive/utah/…_utah.csv"]
    assert bucket.content(kept[0]) == NEVADA_CSV.encode()
    assert statuses(call("run", "--all", "--format", "json")) == {"nevada": "skipped", "utah": "skipped"}


def test_a_delivery_is_loaded_anew_out_of_the_archive(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put("inbox/nevada.csv", NEVADA_CSV.encode())
    call("run", "--source", "nevada")
    fixed = NEVADA.replace("Shut: closed}", "Shut: expired}")
    (tmp_path / "mappings/nevada.yaml").write_text(fixed)
    call("replay", "--source", "nevada", "--load", "1", "--whole")
    times = [row["source_extract_time"] for row in read("sqlite:///leads.db", "SELECT * FROM lead_sources")]
    assert len(times) == 6 and len(set(times)) == 1
    assert len(bucket.keys()) == 2


def test_a_delivery_that_fails_is_a_dead_letter_until_it_is_replayed(bucket: Bucket, tmp_path: Path) -> None:
    url = bucket.put("inbox/utah +é.csv", UTAH_CSV.replace("Provider", "Supplier").encode())
    output = call("run", "--source", "utah", code=1).output
    letters = [key for key in bucket.keys() if key.startswith("dead_letters/")]
    assert without_hashes(letters) == ["dead_letters/utah/….json", "dead_letters/utah/…_utah_.csv"]
    assert f"kept as {bucket.url}/{letters[1]}" in output.replace("\n", "")
    note = json.loads(bucket.content(letters[0]))
    assert (note["path"], note["tries"]) == (str(url), 1)
    call("replay", "--source", "utah", "--dead-letters", code=1)
    assert json.loads(bucket.content(letters[0]))["tries"] == 2
    (tmp_path / "mappings/utah.yaml").write_text(UTAH.replace("Provider", "Supplier"))
    call("replay", "--source", "utah", "--dead-letters")
    assert without_hashes(bucket.keys()) == ["archive/utah/…_utah_.csv.zst", "inbox/utah +é.csv"]
    call("replay", "--source", "utah", "--dead-letters", code=3)


def test_an_object_is_named_as_a_file_is(bucket: Bucket) -> None:
    url = str(bucket.put("elsewhere/nevada a+b.csv", NEVADA_CSV.encode()))
    assert "Little Acorns" in call("preview", "--file", url).stdout
    assert "Little Acorns" in call("explain", "--file", url, "--record", "1").stdout
    assert call("run", "--file", url).exit_code == 0
    assert call("drift", "--file", url).exit_code == 0
    assert call("lint", "--sample", url).exit_code == 0
    assert "names a bucket, but no object in it" in call("run", "--file", str(bucket.url), code=2).stderr
    missing = call("run", "--file", f"{url}.gone.csv", code=1)
    assert f"{url}.gone.csv: file not found" in missing.stderr.replace("\n", "")


def test_a_mapping_is_drafted_from_an_object(bucket: Bucket) -> None:
    url = str(bucket.put("elsewhere/idaho_2026-03.csv", NEVADA_CSV.encode()))
    output = call("new", "idaho", "--file", url).stdout
    assert f"drafted from {url}" in output
    assert "of idaho_2026-03.csv." in Path("mappings/idaho.yaml").read_text()


def test_a_request_in_an_object_names_a_file_beside_it(bucket: Bucket) -> None:
    bucket.put("elsewhere/nevada.csv", NEVADA_CSV.encode())
    request = str(bucket.put("elsewhere/request.json", b'{"file": "nevada.csv"}'))
    assert call("run", "--config", request).exit_code == 0
    gone = call("run", "--config", f"{bucket.url}/elsewhere/gone.json", code=2).stderr
    assert "gone.json: there is no such file" in gone.replace("\n", "")


def test_rejects_that_were_corrected_in_an_object_join_their_load(bucket: Bucket) -> None:
    bucket.put("inbox/nevada.csv", f"{NEVADA_CSV}Pine Nook,702-555-0199\n".encode())
    call("run", "--source", "nevada")
    raw = call("rejects", "--load", "1", "--raw").stdout
    fixed = raw.replace("Pine Nook,702-555-0199", "Pine Nook,702-555-0199,Ely,9,Open")
    url = str(bucket.put("elsewhere/fixed.csv", fixed.encode()))
    output = call("replay", "--load", "1", "--file", url)
    assert "Pine Nook" in call("leads").stdout, output.output


def test_comparisons_and_tests_are_written_there(bucket: Bucket) -> None:
    bucket.put("inbox/nevada.csv", NEVADA_CSV.encode())
    call("run", "--source", "nevada")
    bucket.put("inbox/nevada-2.csv", NEVADA_CSV.replace("Acorns", "Oaks").encode())
    call("run", "--source", "nevada")
    call("diff", "--source", "nevada", "--format", "csv", "--output", f"{bucket.url}/out/changes.csv")
    assert b"Little Oaks" in bucket.content("out/changes.csv")
    call("test", "--junit", f"{bucket.url}/out/tests.xml")
    assert bucket.content("out/tests.xml").startswith(b"<?xml")


def test_drift_and_lint_read_the_newest_object(bucket: Bucket) -> None:
    bucket.put("inbox/nevada.csv", NEVADA_CSV.encode())
    call("run", "--source", "nevada")
    # Its name comes first, too: a bucket counts in seconds.
    bucket.put("inbox/nevada-2.csv", NEVADA_CSV.replace("Places", "Room").encode())
    assert "Room" in call("drift", "--source", "nevada", code=1).stdout
    assert "Room" in call("lint", "--newest", "--source", "nevada", code=1).stdout


def test_report_and_export_are_written_there(bucket: Bucket) -> None:
    bucket.put("inbox/nevada.csv", NEVADA_CSV.encode())
    call("run", "--source", "nevada")
    assert f"{bucket.url}/site/index.html" in call("report", "--out", f"{bucket.url}/site").stdout
    assert "site/sources/utah.html" in bucket.keys()
    Path("mappings/utah.yaml").unlink()
    call("report", "--out", f"{bucket.url}/site/")
    assert [key for key in bucket.keys() if "site" in key] == ["site/index.html", "site/sources/nevada.html"]
    output = f"{bucket.url}/out/leads.csv"
    call("export", "--output", output)
    assert bucket.content("out/leads.csv").count(b"\n") == 4
    assert json.loads(bucket.content("out/leads.csv.json"))["bytes"] == len(bucket.content("out/leads.csv"))
    assert "already exists" in call("export", "--output", output, code=2).stderr
    call("export", "--output", output, "--overwrite")


def test_an_object_that_is_replaced_before_its_load_begins_is_left_to_the_next_run(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put("inbox/utah.csv", UTAH_CSV.encode())
    genuine = SourceRun._loaded

    def replaced(self: SourceRun, *arguments: Any) -> Any:
        bucket.put("inbox/utah.csv", UTAH_CSV.replace("Rock", "Sand").encode())
        return genuine(self, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(SourceRun, "_loaded", replaced)
        output = call("run", "--source", "utah", code=1).output
    assert "it was replaced before it was loaded" in output.replace("\n", "")
    assert bucket.keys() == ["inbox/utah.csv"]
    call("run", "--source", "utah")
    assert "Red Sand Kids" in call("leads").stdout


def test_a_bucket_that_there_is_not_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADINGEST_INBOX", "s3://made-up-and-not-there/in")
    output = call("run", "--source", "utah", code=2).stderr
    assert "s3://made-up-and-not-there/in: there is no such bucket" in output
    assert "made-up-secret" not in output and "<Code>" not in output


def test_what_cannot_be_archived_spoils_no_load(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADINGEST_ARCHIVE", "s3://made-up-and-not-there/archive")
    bucket.put("inbox/utah.csv", UTAH_CSV.encode())
    done = call("run", "--source", "utah")
    assert "it is loaded, but could not be archived" in done.output


def named_for(delivery: ExampleDelivery, match: str) -> str:
    """A name under which the mapping of the example takes its delivery."""
    name = f"{delivery.name}{delivery.file.suffix}"
    return next(each for each in (name, delivery.file.name, match.replace("*", "")) if fnmatch(each, match))


@pytest.mark.parametrize("delivery", example_deliveries(), ids=lambda delivery: delivery.name)
def test_an_example_becomes_the_tables_that_it_becomes_from_a_folder(
    delivery: ExampleDelivery,
    bucket: Bucket,
    monkeypatch: pytest.MonkeyPatch,
    sqlite_url: str,
    tmp_path: Path,
) -> None:
    from leadingest.mapping.read_mapping import read_mapping

    own = tmp_path / "own"
    own.mkdir()
    for path in {delivery.mapping, *delivery.mapping.parent.glob("_*.yaml")}:
        (own / path.name).write_bytes(path.read_bytes())
    (match, *_) = read_mapping(delivery.mapping, ddl=ROOT / "ddl").delivery.match
    bucket.put(f"inbox/{named_for(delivery, match)}", delivery.file.read_bytes())
    for name, value in {"MAPPINGS": str(own), "DDL": str(ROOT / "ddl"), "DATABASE_URL": sqlite_url}.items():
        monkeypatch.setenv(f"LEADINGEST_{name}", value)
    result = CliRunner().invoke(main, ["run", "--all"])
    tables = tables_of(sqlite_url, newest_load(sqlite_url))
    tables["leads"] = filled_columns(tables["leads"])
    assert tables == delivery.expected(), result.output


@real
def test_the_lists_of_the_exercise_become_the_tables_that_they_become_from_a_folder(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for path in EXERCISE.glob("*.csv"):
        bucket.put(f"inbox/{path.name}", path.read_bytes())
    monkeypatch.setenv("LEADINGEST_MAPPINGS", str(ROOT / "mappings"))
    found = []
    for number, inbox in enumerate((f"{bucket.url}/inbox", str(EXERCISE))):
        url = f"sqlite:///{tmp_path}/{number}.db"
        words = ["run", "--source", "source1", "--source", "source2", "--source", "source3", "--inbox", inbox]
        CliRunner().invoke(main, [*words, "--database-url", url])
        loads = read(url, "SELECT load_id, source_name FROM loads ORDER BY source_name")
        found.append([tables_of(url, load["load_id"]) for load in loads])
    assert found[0] == found[1]
    assert [len(each["load"]) for each in found[0]] == [1, 1, 1]


@pytest.mark.parametrize("setting", ["inbox", "archive", "dead_letters"])
def test_without_the_extra_nothing_is_loaded(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    for name in ("inbox", "archive", "dead_letters"):
        where = f"s3://leads/{name}" if name == setting else f"here/{name}"
        monkeypatch.setenv(f"LEADINGEST_{name.upper()}", where)
    Path("here/inbox").mkdir(parents=True)
    Path("here/inbox/utah.csv").write_text(UTAH_CSV)
    output = call("run", "--all", code=2).stderr
    assert output.count("needs obstore, which is not installed") == 1
    assert not Path("leads.db").exists()
