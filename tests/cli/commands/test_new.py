"""Tests of leadingest.cli.commands.new."""

from __future__ import annotations

from pathlib import Path

from tests.cli.made_up_project import MadeUpProject

ACME = """\
License No;Center Name;Director;Phone;Street;City;State;Zip;Kind;Status;Issue Date;Places;Inspector
0042;OAK TREE CARE;"REED, ANN";(702) 200-3000;12 Elm St;RENO;NV;89501;CENTER;Open;3/14/2011;24;K7
0043;PINE CARE;"LEE, MAY";(702) 200-3001;4 Oak Ave;ELKO;NV;89801;FAMILY HOME;Asleep;11/2/2015;;K7
0044;ELM HOUSE;"OAK, JO";702-200-3002;9 Ash Rd;RENO;NV;89502;FAMILY HOME;Closed;1/30/2020;6;K9
"""

DRAFT = """\
# yaml-language-server: $schema=mapping.schema.json
# Drafted from all 3 records of acme_2026-03.csv.
# Review every line, starting with those marked "unsure"; remove a mark when you are sure.
source: acme
about: "describe here who sends the list, and what it contains"
delivery:
  match: "acme*.csv"
  extract_time: "*%Y-%m*"
  delimiter: ";"
fields:
  company: Center Name
  # unsure: the meaning of each value was guessed from its words
  facility_type: {from: Kind, values: {FAMILY HOME: family_home, CENTER: center}, otherwise: invalid}
  first_name: {from: Director, person: first}
  last_name: {from: Director, person: last}
  phone: Phone
  address1: Street
  city: {from: City, case: title}
  state: State
  zip: Zip
  license_number: License No
  license_type: Kind
  # unsure: the meaning of each value was guessed from its words
  license_status:
    from: Status
    values:
      Closed: closed
      Open: active
      # The meaning of these values could not be detected: active, provisional, probation, pending,
      # inactive, suspended, pending_revocation, revoked, denied, expired, withdrawn, closed or exempt?
      # Asleep:
    otherwise: invalid
  license_issued: {from: Issue Date, formats: ["%m/%d/%Y"]}
  capacity: Places
ignore:
  - Inspector                         # 2 values: K7, K9
"""

REPORT = """\
mappings/acme.yaml: 14 fields drafted from acme_2026-03.csv (3 records)
unsure: facility_type, license_status
not mapped: Inspector
next: review the mapping, then check its result before loading anything:
  leadingest lint mappings/acme.yaml --sample acme_2026-03.csv
  leadingest preview --source acme --file acme_2026-03.csv
"""


def test_a_mapping_is_drafted_and_told(project: MadeUpProject) -> None:
    project.write("acme_2026-03.csv", ACME)
    result = project.call("new", "acme", "--file", "acme_2026-03.csv")
    assert (result.exit_code, result.stderr, result.stdout) == (0, "", REPORT)
    assert (project.folder / "mappings/acme.yaml").read_text(encoding="utf-8") == DRAFT


def test_the_draft_lints_and_loads(project: MadeUpProject) -> None:
    project.write("inbox/acme_2026-03.csv", ACME)
    project.call("new", "acme", "--file", "inbox/acme_2026-03.csv")
    assert project.call("lint", "--source", "acme").stdout == "1 mapping: no findings\n"
    assert "3 read = 3 loaded + 0 rejected + 0 filtered" in project.call("run", "--source", "acme").stdout


def test_a_mapping_is_never_written_over_unasked(project: MadeUpProject) -> None:
    project.write("acme.csv", ACME)
    before = (project.folder / "mappings/utah.yaml").read_text(encoding="utf-8")
    refused = project.call("new", "utah", "--file", "acme.csv")
    assert refused.exit_code == 2
    assert "the source 'utah' has a mapping" in refused.stderr
    assert (project.folder / "mappings/utah.yaml").read_text(encoding="utf-8") == before
    assert project.call("new", "utah", "--file", "acme.csv", "--force").exit_code == 0
    assert "source: utah" in (project.folder / "mappings/utah.yaml").read_text(encoding="utf-8")


def test_a_name_that_another_file_has_is_taken(project: MadeUpProject) -> None:
    project.write("acme.csv", ACME)
    (project.folder / "mappings/utah.yaml").rename(project.folder / "mappings/red_rock.yaml")
    refused = project.call("new", "utah", "--file", "acme.csv", "--force")
    assert (refused.exit_code, "red_rock.yaml" in refused.stderr) == (2, True)


def test_wrong_requests_end_with_two_and_write_nothing(project: MadeUpProject) -> None:
    project.write("acme.csv", ACME)
    requests = {
        "is not a valid source name": ["a/b", "--file", "acme.csv"],
        "does not exist": ["acme", "--file", "nowhere.csv"],
        "is a directory": ["acme", "--file", "inbox"],
        "the mappings folder": ["acme", "--file", "acme.csv", "--mappings", "nowhere"],
        "is not a load table": ["acme", "--file", "acme.csv", "--table", "leads"],
        "Missing option '--file'": ["acme"],
    }
    for message, words in requests.items():
        result = project.call("new", *words)
        assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert files(project.folder / "mappings") == ["nevada.yaml", "utah.yaml"]


def test_a_file_that_is_no_list_ends_with_one_and_writes_nothing(project: MadeUpProject) -> None:
    for content in (b"", b"\n\n", bytes(range(256)) * 9, b"%PDF-1.7", b"Name,Phone\n"):
        (project.folder / "acme.csv").write_bytes(content)
        result = project.call("new", "acme", "--file", "acme.csv")
        assert result.exit_code == 1
        assert result.stderr.startswith("error: acme.csv: ")
    assert files(project.folder / "mappings") == ["nevada.yaml", "utah.yaml"]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
