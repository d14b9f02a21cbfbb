"""Tests of leadingest.reports.overview_json."""

import json

from leadingest.reports.overview_json import overview_json
from tests.overview.made_up_sources import made_up_overview


def test_machines_are_told_the_same_numbers() -> None:
    document = json.loads(overview_json(made_up_overview()))
    assert (document["version"], document["table"], document["leads"]) == (1, "lead_sources", 4576)
    assert document["made_at"] == "2026-08-03T09:30:00+00:00"
    iowa = document["sources"][1]
    assert {
        key: iowa[key] for key in ("source", "conditions", "leads", "more_leads", "every", "due", "days_late")
    } == {
        "source": "iowa",
        "conditions": ["late"],
        "leads": 894,
        "more_leads": 3,
        "every": "week",
        "due": "2026-07-27",
        "days_late": 7,
    }
    assert iowa["faults"] == [
        {"kind": "invalid value", "field": "license_status", "rule": "values", "count": 2},
        {"kind": "invalid value", "field": "phone", "rule": "phone", "count": 1},
    ]
    idaho = document["sources"][0]
    assert [(each["load_id"], each["class"], each["header"]) for each in idaho["drift"]] == [
        (23, "lossy", "Status"),
        (19, "lossy", "Status"),
        (14, "safe", "Fax"),
        (14, "lossy", "Status"),
        (5, "safe", "Fax"),
    ]
    assert (iowa["filled"]["company"], len(iowa["loads"]), iowa["loads"][0]["published"]) == (894, 17, True)
