"""A lake in a bucket, over the wire: what differs from one in a folder.

The server takes `If-Match` for what it is, but not of two writers at once, so nobody races here.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from leadingest.destinations.ledger import LoadEnd, RecordCounts
from leadingest.errors import BalanceError, DestinationBusyError, DestinationError, DestinationSetupError
from leadingest.tables.load_table import LoadTable
from tests.destinations.acts import Acts
from tests.destinations.exports import handed_out, mark
from tests.destinations.made_up import DRIFT, MadeUpLoads, invalid_of, leads_of, rejects_of
from tests.object_storage import Bucket

ACTS = ("publish", "rollback", "approve", "replay", "prune")


@pytest.fixture
def loads(bucket: Bucket, table: LoadTable) -> MadeUpLoads:
    """Loads into an empty lake below a prefix."""
    made_up = MadeUpLoads(str(bucket.url / "below/it"), table)
    made_up.destination.prepare()
    return made_up


def test_every_act_does_there_what_it_does_in_a_folder(
    loads: MadeUpLoads, table: LoadTable, lake_url: str
) -> None:
    folder = MadeUpLoads(lake_url, table)
    folder.destination.prepare()
    outcomes = []
    for each in (loads, folder):
        acts, states = Acts(each, "acme"), []
        acts.set_up()
        for act in ACTS:
            getattr(acts, act)()
            rows = [
                (row.status, row.published, row.records_loaded, row.records_rejected)
                for row in acts.history()
            ]
            groups = [each.destination.diagnostics.reject_groups(row.load_id) for row in acts.history()]
            states.append((rows, groups, each.shown()))
        outcomes.append(states)
    assert outcomes[0] == outcomes[1]


def test_what_is_beside_the_leads_comes_back(loads: MadeUpLoads) -> None:
    load_id = loads.load(
        {"company": "Étoile", "phone": "+1", "capacity": 3},
        invalid_values=invalid_of((1, "rate", "Rate", "decimal", "a lot")),
        drift=[DRIFT],
    )
    kept = loads.destination
    assert kept.diagnostics.headers(load_id) == ["Company", "Phone"]
    assert kept.diagnostics.drift()[0].code == "DR104"
    assert kept.diagnostics.invalid_value_groups(load_id)[0].count == 1
    assert kept.leads.values(load_id, "capacity").to_list() == [3]
    assert kept.leads.filled_fields([load_id])[load_id]["phone"] == 1
    mark(loads, {"a": "1"}, anew=True)
    mark(loads, {"b": "1"})
    assert handed_out(loads) == {"a": "1", "b": "1"}


def test_a_source_that_is_being_loaded_is_busy_and_read_as_it_was(
    loads: MadeUpLoads, table: LoadTable
) -> None:
    loads.load({"company": "old"})
    other = MadeUpLoads(loads.url, table)
    with loads.started() as load:
        with (
            pytest.raises(DestinationBusyError, match=r"acme is being loaded by process \d+"),
            other.destination.ledger.claim("acme"),
        ):
            raise AssertionError
        load.write(
            leads=leads_of(table, {"company": "new"}), rejects=rejects_of(), invalid_values=invalid_of()
        )
        assert other.shown() == ["old"]
        load.finish(LoadEnd(RecordCounts(read=1, loaded=1, rejected=0, filtered=0, invalid_values=0)))
    assert other.shown() == ["new"]


def test_a_load_that_breaks_off_leaves_no_object(loads: MadeUpLoads, bucket: Bucket) -> None:
    loads.load({"company": "old"})
    before = [key for key in bucket.keys() if key.endswith(".parquet")]
    with pytest.raises(BalanceError):
        loads.load(
            {"company": "new"},
            counts=RecordCounts(read=9, loaded=1, rejected=0, filtered=0, invalid_values=0),
        )
    assert [key for key in bucket.keys() if key.endswith(".parquet")] == before
    assert loads.shown() == ["old"]


def test_where_everything_lies(loads: MadeUpLoads, bucket: Bucket) -> None:
    loads.load({"company": "A"}, rejects=rejects_of((2, 3, None, "x", "x", "x")), source="a/../b")
    keys = (key.removeprefix("below/it/") for key in bucket.keys())
    assert [key for key in keys if "_delta_log" not in key] == [
        "_numbers/000000000001.json",
        "lake.json",
        "made_up/leads/a~2F..~2Fb/1/part.parquet",
        "made_up/leases/a~2F..~2Fb.json",
        "made_up/ledger/a~2F..~2Fb.json",
        "made_up/profiles/a~2F..~2Fb/1/part.parquet",
        "made_up/rejects/a~2F..~2Fb/1/part.parquet",
    ]


def test_a_bucket_that_there_is_not_is_told(bucket: Bucket, table: LoadTable) -> None:
    with pytest.raises(DestinationSetupError, match="there is no such bucket"):
        MadeUpLoads(f"s3://{bucket.name}-not/lake", table).destination.prepare()


def test_a_bucket_with_something_else_is_refused(bucket: Bucket, table: LoadTable) -> None:
    bucket.put("in/acme.csv", b"Name\n")
    with pytest.raises(DestinationError, match=r"holds something else, such as in/acme\.csv"):
        MadeUpLoads(str(bucket.url), table).destination.prepare()


def test_other_engines_read_the_published_leads_by_the_log(loads: MadeUpLoads) -> None:
    loads.load({"company": "old"})
    loads.load({"company": "A"}, {"company": "B"})
    loads.load({"company": "C"}, source="beta")
    shown = pl.scan_delta(f"{loads.url}/made_up/leads", storage_options={"aws_allow_http": "true"})
    assert sorted(shown.select("company").collect()["company"]) == ["A", "B", "C"]
    loads.destination.ledger.rollback("acme")
    shown = pl.scan_delta(f"{loads.url}/made_up/leads", storage_options={"aws_allow_http": "true"})
    assert sorted(shown.select("company").collect()["company"]) == ["C", "old"]


def test_without_deltalake_a_lake_works_and_says_once_what_it_does_not_keep(
    tmp_path: Path, table: LoadTable, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("leadingest.destinations.lake.ledgers.find_spec", lambda _: None)
    loads = MadeUpLoads(f"lake:///{tmp_path / 'lake'}", table)
    loads.destination.prepare()
    for name in ("A", "B"):
        loads.load({"company": name})
    assert loads.shown() == ["B"]
    assert [record.getMessage() for record in caplog.records] == [
        "the lake has no table for other engines: pip install 'leadingest[lake]'"
    ]
    assert not (tmp_path / "lake/made_up/leads/_delta_log").exists()


def test_where_the_log_cannot_be_written_it_is_told_and_the_load_is_published(
    tmp_path: Path, table: LoadTable, caplog: pytest.LogCaptureFixture
) -> None:
    loads = MadeUpLoads(f"lake:///{tmp_path / 'lake'}", table)
    loads.destination.prepare()
    log = tmp_path / "lake/made_up/leads/_delta_log"
    log.mkdir(parents=True)
    (log / "00000000000000000000.json").write_text("nonsense")
    loads.load({"company": "A"})
    assert loads.shown() == ["A"]
    assert "other engines may still see the leads of acme as they were" in caplog.text
