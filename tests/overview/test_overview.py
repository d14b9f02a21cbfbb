"""Tests of leadingest.overview.overview."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.errors import ConfigurationError
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.overview.overview import Overview, gather
from leadingest.overview.source_state import SourceState
from tests.overview.made_up_sources import DDL, NOW, TABLE, MadeUpSources, made_up_overview


@pytest.fixture(name="overview")
def _overview() -> Overview:
    return made_up_overview()


def source(overview: Overview, name: str) -> SourceState:
    return next(each for each in overview.sources if each.name == name)


def test_every_source_is_there_with_what_it_may_need_somebody_for(overview: Overview) -> None:
    assert {each.name: each.conditions for each in overview.sources} == {
        "idaho": ("fresh",),
        "iowa": ("late",),
        "kansas": ("held",),
        "maine": ("broken mapping",),
        "montana": ("failed",),
        "nevada": ("fresh",),
        "ohio_crm": ("no mapping",),
        "oregon": ("loaded",),
        "utah": ("no load",),
    }


def test_late_sources_come_first_of_what_is_urgent(overview: Overview) -> None:
    assert [(each.name, each.urgent) for each in overview.urgent()] == [
        ("iowa", ("late",)),
        ("montana", ("failed",)),
        ("kansas", ("held",)),
        ("maine", ("broken mapping",)),
        ("utah", ("no load",)),
    ]


def test_a_source_may_need_somebody_for_several_reasons_and_the_latest_comes_first(tmp_path: Path) -> None:
    made = MadeUpSources(tmp_path)
    for name, days_ago in (("alaska", 20), ("idaho", 30)):
        made.map(name, every="week")
        made.load(name, 3, days_ago=days_ago)
    made.fail("alaska", "it is no list", days_ago=1)
    assert [(each.name, each.urgent) for each in made.overview().urgent()] == [
        ("idaho", ("late",)),
        ("alaska", ("late", "failed")),
    ]
    made.loads.destination.close()


def test_a_source_is_told_with_its_loads_and_what_is_in_the_published_one(overview: Overview) -> None:
    idaho = source(overview, "idaho")
    assert (len(idaho.loads), idaho.leads, idaho.more_leads) == (23, 838, 9)
    assert (idaho.filled["company"], idaho.filled["email"], idaho.filled["title"]) == (838, 369, 0)
    assert [column.header for column in idaho.columns][:2] == ["Facility", "Contact"]
    assert [(each.field, each.rule, each.count) for each in idaho.faults] == [
        ("company", "required", 21),
        (None, "long_record", 10),
        ("license_status", "values", 6),
        ("phone", "phone", 6),
    ]


def test_a_source_is_told_with_how_its_deliveries_differed(overview: Overview) -> None:
    idaho, montana = source(overview, "idaho"), source(overview, "montana")
    assert {load: [row.name for row in rows] for load, rows in idaho.drift.items()} == {
        23: ["unknown_value"],
        19: ["unknown_value"],
        14: ["column_added", "unknown_value"],
        5: ["column_added"],
    }
    assert [row.kind_class for row in montana.drift[64]] == ["breaking", "safe"]
    assert source(overview, "iowa").drift == {}


def test_the_leads_of_all_sources_are_the_published_ones(overview: Overview) -> None:
    assert overview.leads == sum(each.published.records_loaded for each in overview.sources if each.published)
    assert source(overview, "kansas").leads == 330


def test_the_share_of_a_field_is_none_where_the_source_does_not_have_it(overview: Overview) -> None:
    idaho, crm, maine = (source(overview, name) for name in ("idaho", "ohio_crm", "maine"))
    assert (idaho.share("company"), idaho.share("county"), source(overview, "utah").share("company")) == (
        1,
        None,
        None,
    )
    assert (crm.share("website_address"), crm.share("zip"), maine.share("phone")) == (
        51 / 144,
        None,
        412 / 420,
    )
    assert overview.share("website_address") == (51 + 260) / overview.leads
    assert (overview.share("company"), overview.share("operator")) == (1, None)


def test_what_is_held_is_told_before_what_is_published(overview: Overview) -> None:
    kansas = source(overview, "kansas")
    assert kansas.shown_load == kansas.held == kansas.loads[0]
    assert kansas.published == kansas.loads[1]


def test_a_source_whose_mapping_is_gone_or_cannot_be_read_keeps_its_loads(overview: Overview) -> None:
    gone, broken = source(overview, "ohio_crm"), source(overview, "maine")
    assert (gone.mapping, gone.problem, gone.leads) == (None, "", 144)
    assert broken.leads == 420
    assert "no field 'phon'; did you mean 'phone'?" in broken.problem


def test_no_more_loads_are_told_than_asked_for_and_the_published_one(tmp_path: Path) -> None:
    made = MadeUpSources(tmp_path)
    made.load("idaho", 3, days_ago=9)
    for days in (8, 7, 6):
        made.load("idaho", 3, days_ago=days, held_because="it is small")
    (idaho,) = made.overview(loads=2).sources
    assert [load.load_id for load in idaho.loads] == [4, 3, 1]
    assert idaho.published == idaho.loads[2]
    made.loads.destination.close()


def test_a_mapping_into_another_table_is_left_out(tmp_path: Path) -> None:
    made = MadeUpSources(tmp_path)
    made.map("idaho")
    other = TABLE.__class__(**{**vars(TABLE), "name": "other"})
    assert gather(made.project, other, None, now=NOW).sources == ()
    assert [each.name for each in gather(made.project, TABLE, None, now=NOW).sources] == ["idaho"]
    made.loads.destination.close()


def test_without_any_mapping_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert gather(MappingIndex(tmp_path, DDL), TABLE, None, now=NOW).sources == ()


def test_a_folder_of_mappings_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="does not exist"):
        gather(MappingIndex(tmp_path / "nowhere", DDL), TABLE, None, now=NOW)
