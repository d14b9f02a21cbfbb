"""A database that an older version made is brought up to date, and works with its loads, on SQLite and on MySQL."""

from __future__ import annotations

import pytest

from tests.cli.made_up_project import MadeUpProject
from tests.destinations.sql.test_ddl import run_all
from tests.loaded_tables import read
from tests.sql_databases import sql_database

#: As an early version made them: fewer fields, indexes of other columns, no dialect of a load, no profiles of leads, no
#: sketches of keys, no drift, no exports, and leads that share a key not told apart.
OLDER = """\
CREATE TABLE lead_sources (
    load_id BIGINT NOT NULL, source_record_number BIGINT NOT NULL, source_name VARCHAR(64) NOT NULL,
    source_filename VARCHAR(255) NOT NULL, source_extract_time DATETIME NOT NULL, company VARCHAR(200) NOT NULL,
    phone VARCHAR(38), city VARCHAR(100), filled_fields SMALLINT NOT NULL, lead_key VARCHAR(378),
    updated_at DATETIME NOT NULL, PRIMARY KEY (load_id, source_record_number)
);
CREATE INDEX ix_lead_sources_lead_key ON lead_sources (lead_key);
CREATE INDEX ix_lead_sources_phone ON lead_sources (phone);
CREATE TABLE loads (
    load_id {number}, source_name VARCHAR(64) NOT NULL, load_table VARCHAR(64) NOT NULL,
    status VARCHAR(16) NOT NULL, file_name VARCHAR(255) NOT NULL, file_size BIGINT NOT NULL,
    file_sha256 VARCHAR(64) NOT NULL, mapping_hash VARCHAR(64) NOT NULL, encoding VARCHAR(32),
    records_read BIGINT DEFAULT 0 NOT NULL, records_loaded BIGINT DEFAULT 0 NOT NULL,
    records_rejected BIGINT DEFAULT 0 NOT NULL, records_filtered BIGINT DEFAULT 0 NOT NULL,
    invalid_values BIGINT DEFAULT 0 NOT NULL, extract_time DATETIME NOT NULL, started_at DATETIME NOT NULL,
    finished_at DATETIME, program_version VARCHAR(32) NOT NULL
);
CREATE TABLE load_rejects (
    load_id BIGINT NOT NULL, record_number BIGINT NOT NULL, line_number BIGINT, field VARCHAR(64),
    rule VARCHAR(64) NOT NULL, message {text} NOT NULL, raw_record {text}, PRIMARY KEY (load_id, record_number)
);
CREATE TABLE load_profiles (
    load_id BIGINT NOT NULL, position INTEGER NOT NULL, header {text} NOT NULL, filled BIGINT NOT NULL,
    profile {text}, PRIMARY KEY (load_id, position)
);
CREATE TABLE published_loads (
    source_name VARCHAR(64) NOT NULL, load_table VARCHAR(64) NOT NULL, load_id BIGINT NOT NULL,
    published_at DATETIME NOT NULL, PRIMARY KEY (source_name, load_table)
);
CREATE INDEX ix_published_loads_load_id ON published_loads (load_id);
CREATE VIEW vw_lead_sources AS SELECT this.load_id, this.source_name, this.company, this.phone FROM lead_sources
    AS this JOIN published_loads AS shown ON shown.load_id = this.load_id;
INSERT INTO lead_sources VALUES
    (1, 1, 'nevada', 'nevada.csv', '2026-01-01 00:00:00', 'Oak', '+17022003000', NULL, 2, '+17022003000', '2026-01-01 00:00:00'),
    (1, 2, 'nevada', 'nevada.csv', '2026-01-01 00:00:00', 'Elm', '+17022003001', NULL, 2, '+17022003001', '2026-01-01 00:00:00');
INSERT INTO loads VALUES (1, 'nevada', 'lead_sources', 'loaded', 'nevada.csv', 90, 'a', 'm', 'utf-8', 4, 2, 2, 0, 0,
    '2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-01 00:00:01', '0.1.0');
INSERT INTO load_rejects VALUES
    (1, 3, 4, 'company', 'required', 'Name has no value', '{{"Name":"","Phone":"702-200-3002","City":"Reno","Places":"2","Status":"Open"}}'),
    (1, 4, 5, NULL, 'short_record', '1 cell instead of 5', 'Fir');
INSERT INTO load_profiles VALUES {profiles};
INSERT INTO published_loads VALUES ('nevada', 'lead_sources', 1, '2026-01-01 00:00:01')
"""
CORRECTED = """\
record of load 1,Name,Phone,City,Places,Status
4,Fir,702-200-3003,Reno,2,Open
"""
#: What is kept of a column: nothing yet, what another version meant, less than is known today, and what is broken.
COLUMNS = {
    "Name": None,
    "Phone": '{"version": 0, "records": "all"}',
    "City": '{"version": 1, "records": 4, "distinct": 2}',
    "Places": '{"version": 1, "records": [], "shapes": 5}',
    "Status": '{"vers',
}
#: The same of the delivery as a whole; the first versions had nothing of it.
WHOLE = (
    '{"version": 0, "fields": {"company": 2}}',
    '{"version": 1}',
    '{"version": 1, "fields": 7, "keys": "x"}',
)


def made_older(url: str, whole: str | None = None) -> None:
    """The tables of the older version with a load, which is published."""
    database = sql_database(url)
    kept = [(at, header, profile) for at, (header, profile) in enumerate(COLUMNS.items(), 1)]
    profiles = ", ".join(
        f"(1, {at}, '{header}', 3, {'NULL' if profile is None else repr(profile)})"
        for at, header, profile in [*kept, *([(0, "", whole)] if whole else [])]
    )
    made = OLDER.format(number=database.counted, text=database.long_text, profiles=profiles)
    run_all(url, *made.split(";\n"))


def test_it_is_brought_up_to_date_and_its_load_is_one_like_the_others(
    project: MadeUpProject, sql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADINGEST_DATABASE_URL", sql_url)
    made_older(sql_url)
    refused = project.call("run", "--source", "nevada")
    assert refused.exit_code == 2
    assert "`leadingest ddl --diff` prints the SQL to fix it" in refused.stderr
    printed = project.call("ddl", "--diff").stdout
    run_all(sql_url, *(each.replace("%", "%%") for each in printed.split(";\n") if each.strip()))
    assert project.call("ddl", "--diff").stdout == ""
    assert "Oak" in project.call("leads", "--source", "nevada").stdout
    assert (
        project.call("replay", "--load", "1", "--file", str(project.write("m.csv", CORRECTED))).exit_code == 0
    )
    assert read(sql_url, "SELECT records_loaded, records_rejected FROM loads") == [
        {"records_loaded": 3, "records_rejected": 1}
    ]
    worked_with(project)
    assert project.call("rollback", "--source", "nevada").exit_code == 0
    assert "Fir" in project.call("leads", "--source", "nevada").stdout


def test_a_table_that_had_another_name_is_renamed_with_its_rows(
    project: MadeUpProject, sql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADINGEST_DATABASE_URL", sql_url)
    assert project.call("run", "--source", "nevada").exit_code == 0
    run_all(
        sql_url,
        "INSERT INTO load_corrected_files VALUES (1, 1, 'm.csv', 9, 'a', 1, 0, '2026-01-01 00:00:00', '0.1.0')",
        "ALTER TABLE load_corrected_files RENAME TO load_mended_files",
    )
    refused = project.call("run", "--source", "nevada")
    assert refused.exit_code == 2
    assert "load_mended_files" in refused.stderr and "is called load_corrected_files now" in refused.stderr
    printed = project.call("ddl", "--diff").stdout
    assert printed == "ALTER TABLE load_mended_files RENAME TO load_corrected_files;\n"
    run_all(sql_url, *printed.split(";\n")[:-1])
    assert project.call("ddl", "--diff").stdout == ""
    assert read(sql_url, "SELECT file_name FROM load_corrected_files") == [{"file_name": "m.csv"}]


def test_the_index_of_lead_keys_that_held_the_keys_themselves_is_made_lighter(
    project: MadeUpProject, sql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADINGEST_DATABASE_URL", sql_url)
    # The same providers under another source: each lead of the one hides one of the other.
    text = (project.folder / "mappings" / "nevada.yaml").read_text()
    project.write("mappings/reno.yaml", text.replace("nevada", "reno"))
    project.write("inbox/reno.csv", (project.folder / "inbox" / "nevada.csv").read_text())
    assert project.call("run", "--source", "nevada").exit_code == 0
    assert project.call("run", "--source", "reno").exit_code == 0
    leads = project.call("leads").stdout
    by_key = (
        "lead_key, source_extract_time, filled_fields, source_name, source_record_number, load_id, name_hash"
    )
    database = sql_database(sql_url)
    run_all(
        sql_url,
        "DROP VIEW vw_lead_sources",
        database.drop_index("ix_lead_sources_lead_key", "lead_sources"),
        *database.drop_computed("lead_key_digest", "lead_sources"),
        f"CREATE INDEX ix_lead_sources_lead_key ON lead_sources ({by_key})",
        "DROP TABLE lead_sources_keys",
        "CREATE VIEW vw_lead_sources AS SELECT * FROM lead_sources WHERE lead_key IS NULL",
    )
    printed = project.call("ddl", "--diff").stdout
    run_all(sql_url, *(each.replace("%", "%%") for each in printed.split(";\n") if each.strip()))
    assert project.call("ddl", "--diff").stdout == ""
    assert project.call("leads").stdout == leads
    how = database.plan("SELECT COUNT(*) FROM vw_lead_sources")
    assert how["better"] == "ix_lead_sources_lead_key"
    assert project.call("duplicates", "--rule", "same_key").exit_code in {0, 1}


@pytest.mark.parametrize("whole", WHOLE)
def test_profiles_of_another_version_are_no_fault(
    project: MadeUpProject, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, whole: str
) -> None:
    monkeypatch.setenv("LEADINGEST_DATABASE_URL", sqlite_url)
    made_older(sqlite_url, whole)
    run_all(sqlite_url, *project.call("ddl", "--diff").stdout.split(";\n"))
    worked_with(project)


def worked_with(project: MadeUpProject) -> None:
    """Whatever reads what is kept of the older load does it."""
    for words in (
        "drift --source nevada",
        "run --source nevada",
        "diff --source nevada 1 2",
        "report",
    ):
        result = project.call(*words.split())
        # 1: findings, or a load that is held.
        assert result.exit_code in {0, 1}, (words, result.stderr)
        assert "error" not in result.stderr, (words, result.stderr)
    if "held" in project.call("loads").stdout:
        assert project.call("approve", "2").exit_code == 0
