"""An OpenLineage endpoint is told of loads, and no load depends on it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from leadingest.cloud.handler import Handler
from leadingest.ingest.concurrency import Stop
from leadingest.outputs.lineage_endpoint import LineageEndpoint
from leadingest.project.lineage import DatasetName, file_dataset, table_dataset
from leadingest.stores.location import as_location
from tests.cli.made_up_project import NEVADA, NEVADA_CSV, MadeUpProject
from tests.cloud.folder_bucket import FolderBucket
from tests.http_endpoint import HttpEndpoint, http_endpoint
from tests.ingest.made_up_place import MadeUpPlace, records
from tests.openlineage_schema import faults
from tests.test_private import DELIVERIES, PLANTED


@pytest.fixture(name="endpoint")
def _endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[HttpEndpoint]:
    with http_endpoint() as endpoint:
        monkeypatch.setenv("LEADINGEST_LINEAGE", f"http://ann:S3cret@127.0.0.1:{endpoint.port}/base")
        yield endpoint


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, endpoint: HttpEndpoint) -> MadeUpProject:
    """One source, whose loads the endpoint is told of."""
    monkeypatch.chdir(tmp_path)
    project = MadeUpProject(tmp_path)
    project.write("mappings/nevada.yaml", f"{NEVADA}where: Status <> 'Asleep'\n")
    project.write("inbox/nevada.csv", NEVADA_CSV)
    return project


def test_the_schema_refuses_what_openlineage_does_not_take(
    project: MadeUpProject, endpoint: HttpEndpoint
) -> None:
    project.call("run", "--source", "nevada")
    event = endpoint.received[1]
    del event["job"]["namespace"]
    event["run"]["runId"] = "17"
    event["outputs"][0]["facets"]["columnLineage"]["fields"]["city"]["inputFields"][0].pop("field")
    event["run"]["facets"]["unknown"] = event["run"]["facets"]["processing_engine"]
    assert len(faults(event)) == 4


def test_a_load_starts_and_completes_with_its_columns_and_counts(
    project: MadeUpProject, endpoint: HttpEndpoint
) -> None:
    assert project.call("run", "--source", "nevada").exit_code == 0
    start, complete = endpoint.received
    assert [faults(start), faults(complete)] == [[], []]
    assert (start["eventType"], complete["eventType"]) == ("START", "COMPLETE")
    assert start["run"]["runId"] == complete["run"]["runId"]
    assert (start["job"]["namespace"], start["job"]["name"]) == ("leadingest", "nevada")
    (read,), (written,) = complete["inputs"], complete["outputs"]
    assert (read["namespace"], read["name"]) == ("file", str(project.folder / "inbox/nevada.csv"))
    assert (written["namespace"], written["name"]) == (f"sqlite://{project.folder}/leads.db", "lead_sources")
    assert [each["name"] for each in read["facets"]["schema"]["fields"]] == [
        "Name",
        "Phone",
        "City",
        "Places",
        "Status",
    ]
    assert read["inputFacets"]["inputStatistics"]["rowCount"] == 3
    assert written["outputFacets"]["outputStatistics"]["rowCount"] == 3
    lineage = written["facets"]["columnLineage"]
    columns = {
        name: [(each["field"], each["transformations"][0]["subtype"]) for each in field["inputFields"]]
        for name, field in lineage["fields"].items()
    }
    assert columns == {
        "company": [("Name", "IDENTITY")],
        "phone": [("Phone", "TRANSFORMATION")],
        "city": [("City", "IDENTITY")],
        "capacity": [("Places", "TRANSFORMATION")],
        "license_status": [("Status", "TRANSFORMATION")],
    }
    assert [each["field"] for each in lineage["dataset"]] == ["Status"]
    assert endpoint.paths == ["/base/api/v1/lineage"] * 2


def test_columns_that_are_put_together_are_told_as_they_stand_in_the_file(
    project: MadeUpProject, endpoint: HttpEndpoint
) -> None:
    project.write(
        "mappings/nevada.yaml",
        'source: nevada\ndelivery: {match: "nevada*", repeat: {Phone: [Phone, Phone 2]}}\n'
        "let: {year: {from: Year, type: integer}}\nkeep: {latest: year, per: company}\n"
        "fields: {company: Name, phone: Phone}\n",
    )
    project.write("inbox/nevada.csv", "Name,Phone,Phone 2,Year\nOak,702-200-3000,702-200-3001,2026\n")
    project.call("run", "--source", "nevada")
    lineage = endpoint.received[1]["outputs"][0]["facets"]["columnLineage"]
    columns = [each["field"] for each in lineage["fields"]["phone"]["inputFields"]]
    assert (columns, [each["field"] for each in lineage["dataset"]]) == (
        ["Phone", "Phone 2"],
        ["Name", "Year"],
    )


def test_a_load_that_fails_says_why(project: MadeUpProject, endpoint: HttpEndpoint) -> None:
    project.write("inbox/nevada.csv", "A,B\n1,2\n")
    assert project.call("run", "--source", "nevada").exit_code == 1
    assert [event["eventType"] for event in endpoint.received] == ["START", "FAIL"]
    assert [faults(event) for event in endpoint.received] == [[], []]
    assert endpoint.received[1]["run"]["facets"]["errorMessage"]["message"]


def test_the_settings_say_the_namespace_and_the_key(
    project: MadeUpProject, endpoint: HttpEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADINGEST_LINEAGE", f"http://127.0.0.1:{endpoint.port}")
    monkeypatch.setenv("LEADINGEST_LINEAGE_KEY", "S3cret")
    monkeypatch.setenv("LEADINGEST_LINEAGE_NAMESPACE", "acme")
    assert project.call("run", "--source", "nevada").exit_code == 0
    assert endpoint.received[0]["job"]["namespace"] == "acme"
    assert endpoint.headers[0]["Authorization"] == "Bearer S3cret"


def test_what_is_not_loaded_is_not_told(project: MadeUpProject, endpoint: HttpEndpoint) -> None:
    assert project.call("run", "--source", "nevada", "--dry-run").exit_code == 0
    assert endpoint.received == []


def test_an_endpoint_that_refuses_is_a_warning(project: MadeUpProject, endpoint: HttpEndpoint) -> None:
    endpoint.status = 500
    result = project.call("run", "--source", "nevada")
    assert result.exit_code == 0
    assert result.stderr == "warning: 2 events could not be sent to the endpoint of LEADINGEST_LINEAGE\n"
    assert len(endpoint.received) == 1


def test_an_endpoint_that_hangs_is_not_waited_for(endpoint: HttpEndpoint) -> None:
    endpoint.answering.clear()
    sender = LineageEndpoint(f"http://127.0.0.1:{endpoint.port}")
    begun = monotonic()
    for _ in range(5):
        sender.send("an event")  # type: ignore[arg-type]  # it is only sent
    assert sender.flush(longest=0.1) == 5
    assert monotonic() - begun < 1.5
    sender.close()


def test_a_wrong_url_and_a_missing_library_are_told_before_anything_is_loaded(
    project: MadeUpProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADINGEST_LINEAGE", "marquez:S3cret")
    result = project.call("run", "--source", "nevada")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: LEADINGEST_LINEAGE is not the URL of an endpoint\n")
    monkeypatch.setitem(sys.modules, "openlineage.client.transport.http", None)
    result = project.call("run", "--source", "nevada")
    assert result.exit_code == 2
    assert "pip install 'leadingest[lineage]'" in result.stderr
    assert not (project.folder / "leads.db").exists()


def test_a_worker_tells_of_each_message_by_the_mapping_as_it_is_then(
    tmp_path: Path, sqlite_url: str, endpoint: HttpEndpoint
) -> None:
    bucket = FolderBucket(MadeUpPlace(tmp_path, sqlite_url, "utah"))
    first, broken = bucket.drop(records(2)), bucket.drop("A,B\n1,2\n", "utah_2.csv")
    with Handler(bucket.project, open_drop=bucket.opened) as handler:
        assert handler.handle(first, Stop()).outcome == "loaded"
        # By then all is sent: a function of AWS Lambda stands still until the next message.
        assert [event["eventType"] for event in endpoint.received] == ["START", "COMPLETE"]
        mapping = tmp_path / "mappings/utah.yaml"
        mapping.write_text(mapping.read_text().replace("phone: Phone", "phone2: Phone"))
        assert handler.handle(broken, Stop()).outcome == "failed"
    assert [event["eventType"] for event in endpoint.received[2:]] == ["START", "FAIL"]
    fields = [
        list(event["outputs"][0]["facets"]["columnLineage"]["fields"]) for event in endpoint.received[1:3]
    ]
    assert fields == [["company", "phone"], ["company", "phone2"]]
    assert len({event["run"]["runId"] for event in endpoint.received}) == 2


def test_nothing_of_a_person_is_in_an_event(project: MadeUpProject, endpoint: HttpEndpoint) -> None:
    for content in DELIVERIES.values():
        project.write("inbox/nevada.csv", content)
        project.call("run", "--source", "nevada")
    assert len(endpoint.received) == 2 * len(DELIVERIES)
    events = json.dumps(endpoint.received)
    assert [secret for secret in (*PLANTED, "S3cret") if secret in events] == []


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("mysql://ann:***@db.example/crm", ("mysql://db.example:3306", "crm.leads")),
        ("mysql+mysqldb://db.example:3307/crm", ("mysql://db.example:3307", "crm.leads")),
        ("sqlite:////srv/leads.db", ("sqlite:///srv/leads.db", "leads")),
        ("s3://bucket/lake", ("s3://bucket", "lake/leads")),
        ("s3://bucket", ("s3://bucket", "leads")),
        ("lake:////srv/lake", ("file", "/srv/lake/leads")),
    ],
)
def test_a_table_has_the_name_that_openlineage_gives_it(url: str, name: tuple[str, str]) -> None:
    assert table_dataset(url, "leads") == DatasetName(*name)


def test_an_object_has_the_name_that_openlineage_gives_it() -> None:
    assert file_dataset(as_location("s3://drops/acme/a.csv")) == DatasetName("s3://drops", "acme/a.csv")
