"""Tests of leadingest.cli.commands.run, from the command line to the database."""

import inspect
import json
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

import leadingest
from leadingest.cli.support.run_output import worst_code
from leadingest.destinations.sql.bulk_writers.bulk_writer import DriverInsert
from leadingest.destinations.sql.load import SqlLoad
from tests.cli.made_up_project import NEVADA_CSV, MadeUpProject


def leads_in(project: MadeUpProject) -> int:
    with sqlite3.connect(project.folder / "leads.db") as database:
        return int(database.execute("SELECT COUNT(*) FROM vw_lead_sources").fetchone()[0])


def test_the_first_run_of_a_source_loads_and_publishes(project: MadeUpProject) -> None:
    result = project.call("run", "--source", "nevada")
    assert (result.exit_code, result.stderr) == (0, "")
    assert project.shown(result.stdout) == (
        "nevada: loaded nevada.csv as load 1 in 0.1 s\n"
        "  3 read = 3 loaded + 0 rejected + 0 filtered\n"
        "  published in sqlite:///<project>/leads.db, by INSERT\n"
    )
    assert leads_in(project) == 3


#: Firms in one building, and how many of them are in the view.
IN_ONE_BUILDING = """\
source: tower
delivery: {match: "tower*.csv"}
fields: {company: Name, phone: Phone, address1: Street, city: City, state: {const: NV}, zip: Zip, license_number: License}
"""


def run_tower(project: MadeUpProject, *records: str) -> str:
    project.write("mappings/tower.yaml", IN_ONE_BUILDING)
    project.write("inbox/tower.csv", "\n".join(["Name,Phone,Street,City,Zip,License", *records, ""]))
    result = project.call("run", "--source", "tower")
    assert result.exit_code == 0
    return project.shown(result.stdout)


def test_twenty_firms_in_one_building_without_phones_are_twenty_leads(project: MadeUpProject) -> None:
    output = run_tower(project, *(f"Firm {number},,1 Plaza Way,Reno,89501," for number in range(20)))
    assert "the view shows" not in output
    assert leads_in(project) == 20


def test_twenty_firms_behind_one_reception_desk_are_twenty_leads(project: MadeUpProject) -> None:
    firms = (f"Firm {number},702-200-3000,1 Plaza Way,Reno,89501,L{number}" for number in range(20))
    output = run_tower(project, *firms)
    assert "the view shows" not in output
    assert leads_in(project) == 20


def test_two_records_of_one_firm_are_one_lead_and_the_run_says_so(project: MadeUpProject) -> None:
    output = run_tower(
        project, "Firm & Co.,,1 Plaza Way,Reno,89501,L1", "FIRM CO,,1 PLAZA WAY,Reno,89501-1234,L2"
    )
    assert output.endswith(
        "tower: the view shows 1 of 2 leads; hidden by leads with the same lead_key: 1 by record 1:"
        " leadingest duplicates --rule same_key --source tower\n"
    )
    assert leads_in(project) == 1


def test_the_same_delivery_again_is_skipped_and_told_why(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    result = project.call("run", "--source", "nevada")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "nevada: skipped nevada.csv: the same file was loaded under the same mapping as load 1\n"
        "hint: to load it again: --again\n"
    )
    assert leads_in(project) == 3


def test_again_loads_a_delivery_once_more(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    assert "as load 2" in project.call("run", "--source", "nevada", "--again").stdout
    assert leads_in(project) == 3


def test_all_ends_with_a_table(project: MadeUpProject) -> None:
    result = project.call("run", "--all")
    assert (result.exit_code, result.stderr) == (0, "")
    assert project.shown(result.stdout) == (
        "                                                      invalid\n"
        "source  file        read  loaded  rejected  filtered   values  seconds  status\n"
        "nevada  nevada.csv     3       3         0         0        0      0.1  loaded\n"
        "utah    utah.csv       1       1         0         0        0      0.1  loaded\n"
        "\n"
        "loaded into sqlite:///<project>/leads.db, by INSERT\n"
    )


def test_a_source_that_fails_does_not_stop_the_others(project: MadeUpProject) -> None:
    project.write("inbox/nevada.csv", NEVADA_CSV.replace("Phone", "Phone No"))
    result = project.call("run", "--all")
    assert result.exit_code == 1
    assert project.shown(result.stdout) == (
        "                                                      invalid\n"
        "source  file        read  loaded  rejected  filtered   values  seconds  status\n"
        "nevada  nevada.csv                                                 0.1  failed\n"
        "utah    utah.csv       1       1         0         0        0      0.1  loaded\n"
        "\n"
        "nevada: kept as dead_letters/nevada/20260801T120000Z_0123456789abcdef_nevada.csv; after fixing "
        "the cause: leadingest replay --source nevada --dead-letters\n"
        "loaded into sqlite:///<project>/leads.db, by INSERT\n"
    )
    assert "error: nevada: the file has no header 'Phone', which phone reads" in result.stderr
    assert "hint: if 'Phone' was renamed to 'Phone No', add the alias" in result.stderr
    assert leads_in(project) == 1


def test_a_source_without_a_delivery_says_where_it_looked(project: MadeUpProject) -> None:
    (project.folder / "inbox/nevada.csv").unlink()
    result = project.call("run", "--source", "nevada")
    assert result.exit_code == 3
    assert project.shown(result.stdout) == (
        "nevada: no delivery: no file nevada*.csv in <project>/inbox\n"
        "hint: put one there, or name another folder with --inbox or the file itself with --file\n"
    )


def test_among_all_sources_one_without_a_delivery_is_only_shown(project: MadeUpProject) -> None:
    (project.folder / "inbox/nevada.csv").unlink()
    result = project.call("run", "--all")
    assert result.exit_code == 0
    assert "nevada: no delivery: no file nevada*.csv in" in result.stdout


def test_no_delivery_for_any_source_ends_with_three(project: MadeUpProject) -> None:
    assert project.call("run", "--all", "--inbox", str(project.folder / "empty")).exit_code == 3


def test_rejects_invalid_values_and_new_headers_are_told_with_how_to_look_at_them(
    project: MadeUpProject,
) -> None:
    text = "Name,Phone,City,Places,Status,Extra\n,702-200-3000,Reno,12,Open,\nBusy Bees,,Elko,many,Odd,x\n"
    project.write("inbox/nevada.csv", text)
    result = project.call("run", "--source", "nevada")
    assert result.exit_code == 0
    assert project.shown(result.stdout) == (
        "nevada: loaded nevada.csv as load 1 in 0.1 s\n"
        "  2 read = 1 loaded + 1 rejected + 0 filtered\n"
        "  published in sqlite:///<project>/leads.db, by INSERT\n"
        "nevada: 1 reject (company: required): leadingest rejects --load 1\n"
        "nevada: 2 invalid values (1 capacity: integer, 1 license_status: values): "
        "leadingest invalid-values --load 1\n"
        "nevada: headers not in the mapping: 'Extra'\n"
        "hint: map them under `fields`, or list them under `ignore`\n"
    )


def test_a_dry_run_writes_nothing(project: MadeUpProject) -> None:
    result = project.call("run", "--source", "nevada", "--dry-run")
    assert result.exit_code == 0
    assert project.shown(result.stdout) == (
        "nevada: checked nevada.csv in 0.1 s\n"
        "  3 read = 3 loaded + 0 rejected + 0 filtered\n"
        "  dry run: nothing was written\n"
    )
    assert not (project.folder / "leads.db").exists()


def test_a_file_alone_is_loaded_as_the_source_whose_pattern_fits(project: MadeUpProject) -> None:
    path = project.write("elsewhere/nevada_august.csv", NEVADA_CSV)
    result = project.call("run", "--file", str(path))
    assert "nevada: loaded nevada_august.csv as load 1" in result.stdout


def test_a_config_file_names_what_to_load(project: MadeUpProject) -> None:
    project.write("list.csv", NEVADA_CSV)
    project.write("run.json", json.dumps({"file": "list.csv", "source": "nevada"}))
    assert "nevada: loaded list.csv as load 1" in project.call("run", "--config", "run.json").stdout


def test_an_unknown_source_names_the_nearest_and_loads_nothing(project: MadeUpProject) -> None:
    result = project.call("run", "--source", "utah", "--source", "nevado")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error: there is no source 'nevado'" in result.stderr
    assert "hint: did you mean 'nevada'?" in result.stderr
    assert not (project.folder / "leads.db").exists()


def test_without_a_source_the_sources_are_named(project: MadeUpProject) -> None:
    result = project.call("run")
    assert result.exit_code == 2
    assert "hint: the sources are nevada and utah" in result.stderr


def test_a_broken_mapping_shows_file_line_and_column(project: MadeUpProject) -> None:
    project.write(
        "mappings/utah.yaml",
        "source: utah\ndelivery: {match: 'utah*.csv'}\nfields:\n  company: Provider\n  phonee: Telephone\n",
    )
    result = project.call("run", "--source", "utah")
    assert result.exit_code == 2
    assert result.stderr == (
        "error: utah: mappings/utah.yaml:5:3: the load table lead_sources has no field 'phonee';"
        " did you mean 'phone'?\n"
        "    5 |   phonee: Telephone\n"
        "      |   ^\n"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<!DOCTYPE html><html><body>Log in</body></html>", "HTML"),
        ("", "the file is empty"),
    ],
)
def test_a_file_that_is_no_list_is_one_clear_error(
    project: MadeUpProject, content: str, message: str
) -> None:
    project.write("inbox/nevada.csv", content)
    result = project.call("run", "--source", "nevada")
    assert result.exit_code == 1
    assert project.shown(result.stdout) == (
        "nevada: failed on nevada.csv\n"
        "  kept as dead_letters/nevada/20260801T120000Z_0123456789abcdef_nevada.csv; after fixing "
        "the cause: leadingest replay --source nevada --dead-letters\n"
    )
    assert result.stderr.startswith("error: nevada: nevada.csv: ") and message in result.stderr
    assert result.stderr.count("error:") == 1 and "hint: " in result.stderr


def test_a_database_that_cannot_be_reached_is_one_clear_error_without_the_password(
    project: MadeUpProject,
) -> None:
    result = project.call("run", "--all", "--database-url", "mysql+mysqldb://me:hunter2@127.0.0.1:9/leads")
    assert result.exit_code in (1, 2)
    assert result.stdout == ""
    assert result.stderr.count("\nerror: ") == 1 and "Traceback" not in result.output
    assert "hunter2" not in result.output


@pytest.mark.parametrize("url", ["sqlite:///leads.db", "mysql+mysqldb://me@127.0.0.1:9/leads"])
def test_a_url_without_a_password_warns_of_nothing(project: MadeUpProject, url: str) -> None:
    assert "warning" not in project.call("run", "--all", "--database-url", url).stderr


def test_a_missing_driver_is_one_error_with_the_lines_that_install_it(
    project: MadeUpProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "MySQLdb", None)
    result = project.call("run", "--all", "--database-url", "mysql+mysqldb://me:hunter2@db/leads")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("warning: `ps` shows this password to every user of this machine; ")
    assert "\nerror: MySQL requires the driver mysqlclient, which is not installed\nhint: " in result.stderr
    assert "        pip install 'leadingest[mysql]'\n" in result.stderr
    assert "hunter2" not in result.stderr


def test_json_has_the_results_and_nothing_else(project: MadeUpProject) -> None:
    result = project.call("run", "--all", "--format", "json")
    document = json.loads(result.stdout)
    assert (document["version"], result.stderr) == (1, "")
    assert document["database"] == f"sqlite:///{project.folder}/leads.db"
    assert [(each["source"], each["status"], each["loaded"]) for each in document["results"]] == [
        ("nevada", "loaded", 3),
        ("utah", "loaded", 1),
    ]


def test_the_exit_code_of_a_broken_mapping_stands_over_that_of_a_failed_load(project: MadeUpProject) -> None:
    project.write("mappings/utah.yaml", "source: utah\n")
    project.write("inbox/nevada.csv", "")
    assert project.call("run", "--all").exit_code == 2


@pytest.mark.parametrize(
    ("codes", "worst"), [([0, 0], 0), ([0, 3], 0), ([3, 3], 3), ([1, 3], 1), ([0, 1, 2, 3], 2), ([], 3)]
)
def test_the_exit_code_is_the_worst_of_all_sources(codes: list[int], worst: int) -> None:
    assert worst_code(codes) == worst


def test_in_a_terminal_of_eighty_cells_the_table_keeps_to_them(
    project: MadeUpProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(f"inbox/nevada_{'x' * 60}.csv", NEVADA_CSV)
    (project.folder / "inbox/nevada.csv").unlink()
    monkeypatch.setenv("COLUMNS", "80")
    table = project.call("run", "--all").stdout.splitlines()
    assert all(len(line) <= 80 for line in table[:4])
    assert "…" in table[2]


def test_the_current_folder_may_be_inside_the_project(
    project: MadeUpProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("pyproject.toml", "[tool.leadingest]\n")
    inside = project.folder / "notes"
    inside.mkdir()
    monkeypatch.chdir(inside)
    assert project.call("run", "--all").exit_code == 0
    assert Path(project.folder / "leads.db").is_file()


def test_what_is_kept_of_deliveries_is_as_the_settings_say(
    project: MadeUpProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADINGEST_DEAD_LETTERS", "off")
    monkeypatch.setenv("LEADINGEST_ARCHIVE", "loaded")
    project.write("inbox/nevada.csv", "")
    result = project.call("run", "--all")
    assert "kept as" not in result.stdout
    assert not (project.folder / "dead_letters").exists()
    assert [path.parent.name for path in (project.folder / "loaded").rglob("*.zst")] == ["utah"]


def test_a_mapping_that_is_a_pipe_fails_alone_and_is_never_waited_for(project: MadeUpProject) -> None:
    os.mkfifo(project.folder / "mappings/pipe.yaml")
    result = project.call("run", "--all")
    assert result.exit_code == 2
    assert "pipe: mappings/pipe.yaml:1:1: this is a named pipe, not a file" in result.stderr
    assert "nevada" in result.stdout


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_delivery_without_its_header_is_one_error_without_its_cells(
    project: MadeUpProject, options: tuple[str, ...]
) -> None:
    project.write("inbox/nevada.csv", NEVADA_CSV.split("\n", 1)[1])
    result = project.call("run", "--source", "nevada", *options)
    output = " ".join(result.stderr.split())
    assert "there is no header: line 1 looks like a record" in output
    assert "Busy Bees" not in output and "702" not in output and "names:" in output


#: The folder of the package.
PACKAGE = str(Path(leadingest.__file__).parent)


def test_a_reader_gets_from_the_command_to_the_destination_in_ten_calls(
    project: MadeUpProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And as many more from there to the rows: whoever looks for where something is done finds it."""
    calls: dict[str, list[str]] = {}

    def watched(owner: type, method: str) -> None:
        right = getattr(owner, method)

        def watching(*arguments: Any, **more: Any) -> Any:
            frames = [each.function for each in inspect.stack(0) if each.filename.startswith(PACKAGE)]
            calls.setdefault(owner.__name__, frames)
            return right(*arguments, **more)

        monkeypatch.setattr(owner, method, watching)

    watched(SqlLoad, "write")
    watched(DriverInsert, "write")
    assert project.call("run", "--source", "nevada").exit_code == 0
    assert 0 < len(calls["SqlLoad"]) <= 10, calls
    assert 0 < len(calls["DriverInsert"]) <= 10, calls
