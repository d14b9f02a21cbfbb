"""Tests of leadingest.cli.commands.drift."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadingest.drift.kinds import KINDS
from tests.cli.made_up_project import NEVADA, NEVADA_CSV, MadeUpProject
from tests.real_deliveries import EXERCISE, real

ROOT = Path(__file__).parents[3]
RENAMED = NEVADA_CSV.replace("Phone", "Phone No").replace("Shut", "Shut.")


def test_a_delivery_is_compared_with_the_mapping_alone_until_something_is_published(
    project: MadeUpProject,
) -> None:
    result = project.call("drift", "--source", "nevada")
    assert (result.exit_code, result.stdout) == (
        0,
        "nevada: nevada.csv, 3 records, compared with the mapping only: no load is published yet\nno drift\n",
    )
    assert not (project.folder / "leads.db").exists()


def test_after_a_load_it_is_compared_with_that(project: MadeUpProject) -> None:
    project.call("run", "--all", "--jobs", "1")
    result = project.call("drift", "--all")
    assert (result.exit_code, result.stdout) == (
        0,
        "nevada: nevada.csv, 3 records, compared with the mapping and with load 1\nno drift\n\n"
        "utah: utah.csv, 1 record, compared with the mapping and with load 2\nno drift\n\n"
        "2 sources: 0 with drift\n",
    )


def test_what_is_renamed_is_told_with_what_to_do(project: MadeUpProject) -> None:
    project.write("inbox/nevada.csv", RENAMED)
    result = project.call("drift", "--source", "nevada")
    assert result.exit_code == 1
    assert (
        result.stdout
        == """\
nevada: nevada.csv, 3 records, compared with the mapping only: no load is published yet

class           column  expected                           found                 what to do
breaking DR102  Phone   'Phone', read by phone             'Phone No', score 88  if it is the same column, add the
                                                                                 alias: from: [Phone, Phone No]; --fix
                                                                                 does
lossy DR202     Status  a value that license_status knows  'Shut.' once          add to the value map: Shut.: closed;
                                                                                 --fix does

1 breaking, 1 lossy; --fix can fix 2
"""
    )


@pytest.mark.parametrize(
    ("csv", "fail_on", "code"),
    [
        (RENAMED, "breaking", 1),
        (NEVADA_CSV.replace("Shut", "Shut."), "breaking", 0),
        (NEVADA_CSV.replace("Shut", "Shut."), "lossy", 1),
        (
            NEVADA_CSV.replace("Status\n", "Status,\n")
            .replace("Open\n", "Open,\n")
            .replace("Shut\n", "Shut,\n"),
            "lossy",
            0,
        ),
        (
            NEVADA_CSV.replace("Status\n", "Status,\n")
            .replace("Open\n", "Open,\n")
            .replace("Shut\n", "Shut,\n"),
            "any",
            1,
        ),
        (NEVADA_CSV, "any", 0),
    ],
)
def test_the_exit_code_tells_from_which_class_on_there_is_drift(
    project: MadeUpProject, csv: str, fail_on: str, code: int
) -> None:
    project.write("inbox/nevada.csv", csv)
    assert project.call("drift", "--source", "nevada", "--fail-on", fail_on).exit_code == code


def test_a_patch_is_shown_and_nothing_changed(project: MadeUpProject) -> None:
    project.write("inbox/nevada.csv", RENAMED)
    result = project.call("drift", "--source", "nevada", "--diff")
    assert result.exit_code == 1
    assert (
        result.stdout
        == """\
--- mappings/nevada.yaml
+++ mappings/nevada.yaml
@@ -2,8 +2,8 @@
 delivery: {match: "nevada*.csv"}
 fields:
   company: Name
-  phone: Phone
+  phone: [Phone, Phone No]
   city: City
   state: {const: NV}
   capacity: Places
-  license_status: {from: Status, values: {Open: active, Shut: closed}, otherwise: invalid}
+  license_status: {from: Status, values: {Open: active, Shut: closed, Shut.: closed}, otherwise: invalid}
"""
    )
    assert (project.folder / "mappings/nevada.yaml").read_text() == NEVADA
    project.write("inbox/nevada.csv", NEVADA_CSV)
    nothing = project.call("drift", "--source", "nevada", "--diff")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert nothing.stderr == "--fix would change nothing\n"


def test_what_is_fixed_loads(project: MadeUpProject) -> None:
    project.write("inbox/nevada.csv", RENAMED)
    assert project.call("run", "--source", "nevada").exit_code == 1
    result = project.call("drift", "--source", "nevada", "--fix")
    assert (result.exit_code, result.stdout) == (
        0,
        "nevada: nevada.csv, 3 records, compared with the mapping only: no load is published yet\n"
        "2 changes made in mappings/nevada.yaml\nno drift\n",
    )
    run = project.call("run", "--source", "nevada")
    assert run.exit_code == 0
    assert "3 read = 3 loaded + 0 rejected" in run.stdout
    assert "invalid" not in run.stdout


def test_every_run_keeps_what_it_finds(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    project.write("inbox/nevada.csv", NEVADA_CSV.replace("Shut", "Shut."))
    run = project.call("run", "--source", "nevada")
    assert (
        "  drift: unknown_value 'Status': leadingest drift --history --source nevada\n"
        in run.stdout.replace("nevada: drift", "  drift")
    )
    project.write("inbox/nevada.csv", RENAMED)
    assert project.call("run", "--source", "nevada").exit_code == 1
    result = project.call("drift", "--history")
    assert (
        project.shown(result.stdout)
        == """\
load  source  started (UTC)     status  class     kind                  column  expected                           found
   3  nevada  2026-08-01 12:00  failed  breaking  DR102 renamed_column  Phone   'Phone', read by phone             'Phone No', score 100
   3  nevada  2026-08-01 12:00  failed  lossy     DR202 unknown_value   Status  a value that license_status knows  'Shut.' once
   2  nevada  2026-08-01 12:00  loaded  lossy     DR202 unknown_value   Status  a value that license_status knows  'Shut.' once
"""
    )
    document = json.loads(
        project.call("drift", "--history", "--source", "nevada", "--limit", "1", "--format", "json").stdout
    )
    assert [(row["load_id"], row["code"], row["class"], row["column"]) for row in document["drift"]] == [
        (3, "DR102", "breaking", "Phone"),
        (3, "DR202", "lossy", "Status"),
    ]
    assert (
        project.call("drift", "--history", "--source", "utah").stdout
        == "no drift was found in any load yet\n"
    )


def test_what_is_published_is_compared_with_the_load_before(project: MadeUpProject) -> None:
    assert project.call("drift", "--source", "nevada", "--published").exit_code == 3
    project.call("run", "--source", "nevada")
    alone = project.call("drift", "--source", "nevada", "--published")
    assert alone.stdout.endswith("with the mapping only: no load was published before it\nno drift\n")
    project.write(
        "inbox/nevada.csv",
        NEVADA_CSV.replace("Places", "Places,Fax")
        .replace(",12,", ",12,1,")
        .replace(",8,", ",8,,")
        .replace(",40,", ",40,,"),
    )
    assert project.call("run", "--source", "nevada").exit_code == 0
    (project.folder / "inbox/nevada.csv").unlink()
    result = project.call("drift", "--source", "nevada", "--published", "--fail-on", "any")
    assert result.exit_code == 1
    assert "safe DR103  Fax     no such column  column 5, 33% filled, mostly like '9'" in result.stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("drift",), 2, "which source? use --source NAME, --all or --file PATH"),
        (("drift", "--source", "nevda"), 2, "did you mean 'nevada'?"),
        (("drift", "--all", "--file", "inbox/nevada.csv"), 2, "--all and --file cannot be used together"),
        (("drift", "--source", "nevada", "--published", "--fix"), 2, "--fix needs a delivery"),
        (("drift", "--source", "nevada", "--history", "--fix"), 2, "--history shows recorded drift"),
        (("drift", "--history"), 3, "does not exist yet"),
        (("drift", "--explain", "DR999"), 2, "unknown kind of drift 'DR999'"),
    ],
)
def test_a_wrong_request_is_told(
    project: MadeUpProject, words: tuple[str, ...], code: int, message: str
) -> None:
    result = project.call(*words)
    assert result.exit_code == code
    assert message in result.stderr


def test_one_source_that_cannot_be_compared_does_not_stop_the_others(project: MadeUpProject) -> None:
    (project.folder / "inbox/utah.csv").unlink()
    result = project.call("drift", "--all")
    assert result.exit_code == 0
    assert "error: utah: no file utah*.csv in " in result.stdout
    assert "2 sources: 0 with drift and 1 not compared" in result.stdout
    project.write("mappings/utah.yaml", "source: utah\n")
    assert project.call("drift", "--all").exit_code == 2


def test_a_code_is_explained() -> None:
    for kind in KINDS:
        assert (
            MadeUpProject(Path())
            .call("drift", "--explain", kind.code)
            .stdout.startswith(f"# {kind.code} {kind.name}")
        )


def test_all_kinds_are_printed() -> None:
    printed = MadeUpProject(Path()).call("drift", "--kinds").stdout
    assert all(f"{kind.code} {kind.name}\n" in printed for kind in KINDS)


@real
def test_the_earlier_deliveries_of_the_exercise_are_told_as_the_renames_they_are(
    project: MadeUpProject,
) -> None:
    """Mappings that know the current headers only: the aliases are added, and then the earlier deliveries load."""
    found: dict[str, list[tuple[str, str, str]]] = {"source1": [], "source2": [], "source3": []}
    for source in found:
        text = (ROOT / f"mappings/{source}.yaml").read_text(encoding="utf-8").partition("tests:\n")[0]
        for alias in (
            '[Phone, "Phone#"]',
            '[Operation, "Operation #"]',
            "[Operation Name, Operation/Caregiver Name]",
        ):
            text = text.replace(alias, alias[1:].partition(",")[0])
        project.write(f"mappings/{source}.yaml", text)
        (project.folder / f"inbox/{source}.csv").write_bytes(
            (EXERCISE / f"earlier_delivery/{source}.csv").read_bytes()
        )
        document = json.loads(project.call("drift", "--source", source, "--format", "json").stdout)
        found[source] = [
            (each["name"], each["column"], each["found"].partition(",")[0])
            for each in document["sources"][0]["differences"]
        ]
    assert found == {
        "source1": [
            ("renamed_column", "Phone", "'Phone#'"),
            ("blank_header", "column 8", "no header"),
        ],
        "source2": [],
        "source3": [
            ("renamed_column", "Operation Name", "'Operation/Caregiver Name'"),
            ("renamed_column", "Operation", "'Operation #'"),
        ],
    }
    assert project.call("drift", *(f"--source={source}" for source in found), "--fix").exit_code == 0
    run = project.call("run", *(f"--source={source}" for source in found), "--format", "json")
    results = json.loads(run.stdout)["results"]
    assert [(each["source"], each["status"], each["loaded"]) for each in results] == [
        (source, "loaded", 5) for source in found
    ]
    assert 'phone: [Phone, "Phone#"]' in (project.folder / "mappings/source1.yaml").read_text()
