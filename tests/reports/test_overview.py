"""Tests of leadingest.reports.overview."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from leadingest.overview.overview import Overview
from leadingest.overview.source_state import CONDITIONS
from leadingest.reports.overview import (
    OverviewReport,
    level,
    overview_pages,
    page_names,
    tone,
)
from leadingest.reports.render.html import squeezed
from leadingest.reports.status import condition_name
from tests.overview.made_up_sources import NEW_COLUMN, NOW, TABLE, MadeUpSources, made_up_overview
from tests.reports.rendering import text, written


def test_what_must_be_looked_at_at_once_is_red_and_what_is_well_is_green() -> None:
    assert [(condition_name(each), tone(each)) for each in CONDITIONS] == [
        ("late", "bad"),
        ("failed", "bad"),
        ("held", "wait"),
        ("mapping broken", "bad"),
        ("nothing loaded", "wait"),
        ("no mapping", "dim"),
        ("on time", "good"),
        ("loaded", "dim"),
    ]


@pytest.mark.parametrize(
    ("share", "name"),
    [
        (0, "h0"),
        (0.0001, "h1"),
        (0.244, "h1"),
        (0.245, "h1"),
        (0.25, "h2"),
        (0.746, "h4"),
        (0.949, "h5"),
        (0.9999, "h5"),
        (1, "h5"),
    ],
)
def test_a_share_has_the_color_of_the_number_that_is_shown(share: float, name: str) -> None:
    assert level(share) == name


EVIL = "<script>alert(1)</script>"


class Read(HTMLParser):
    """The text of a page, the ids and links in it; every element is closed where it must be."""

    #: Elements without an end.
    EMPTY = ("meta", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.ids, self.links, self.open = "", set[str](), set[str](), list[str]()
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if attributes.get("id"):
            assert attributes["id"] not in self.ids
            self.ids.add(str(attributes["id"]))
        if attributes.get("href"):
            self.links.add(str(attributes["href"]))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text = " ".join(f"{self.text} {data}".split())


@pytest.fixture(scope="module", name="pages")
def _pages() -> dict[str, str]:
    return dict(overview_pages(made_up_overview()))


def test_there_is_a_page_of_all_sources_and_one_of_each(pages: dict[str, str]) -> None:
    sources = [f"sources/{source.name}.html" for source in made_up_overview().sources]
    assert list(pages) == [*sources, "index.html"]


def test_the_page_of_all_says_what_needs_attention_and_late_sources_first(pages: dict[str, str]) -> None:
    text = Read(pages["index.html"]).text
    assert (
        "4,576 published leads 9 sources 1 late 1 failed 1 held 1 mapping broken 1 nothing loaded 2 on time"
        in text
    )
    assert (
        "Needs attention late iowa : the newest delivery is of 20 Jul 2026; the next one was due 27 Jul 2026, "
        "7 days ago failed montana :" in text
    )
    assert (
        "is held: it has 61 records, and the load before had 330 . To publish it: leadingest approve 46"
        in text
    )
    assert "montana.yaml:9:3" in text
    assert "utah : there is a mapping, and nothing was loaded yet: leadingest run --source utah" in text


def test_a_source_has_one_row_with_its_state(pages: dict[str, str]) -> None:
    text = Read(pages["index.html"]).text
    assert (
        "idaho Idaho licensed day-care facilities (Health and Welfare) 838 +9 31 Jul 2026 3 days ago · every week "
        "31 12 1 on time" in text
    )


def test_how_full_the_fields_are_stands_in_numbers_as_well(pages: dict[str, str]) -> None:
    row = re.search(r"<tr><th[^>]*><a[^>]*>ohio_crm</a></th>(.*?)</tr>", pages["index.html"])
    assert row
    assert re.findall(r"<td( class=\"h\d\")?>(\d*)</td>", row[1])[:11] == [
        (' class="h5"', "100"),
        *[("", "")] * 5,
        (' class="h4"', "83"),
        ("", ""),
        (' class="h5"', "97"),
        (' class="h2"', "35"),
        ("", ""),
    ]


def test_the_page_of_a_source_has_its_faults_by_rule_with_examples_that_show_no_value(
    pages: dict[str, str],
) -> None:
    text = Read(pages["sources/idaho.html"]).text
    assert "31 rejects of load 23" in text
    assert (
        "company required Facility has no value, but is required 21 record 839, line 840: Facility blank"
        in text
    )
    assert 'record 841, line 842: Xxx "Xxxx", XXX,999' in text
    assert "phone phone 6 record 2: Phone xxxx xxx xxxxxx 999-999" in text
    assert "614-200" not in "".join(pages.values())


def test_the_page_of_a_source_has_its_mapping_as_a_table(pages: dict[str, str]) -> None:
    text = Read(pages["sources/idaho.html"]).text
    assert "company text 100% Facility Facility Name case title" in text
    assert (
        "license_status text 97% Status values Open → active Closed → closed Provisional → provisional"
        in text
    )
    assert "join const Infant · when Infants = 'Y' const School · when School = 'Y' separator ', '" in text
    assert '<span class="dim">Facility Name</span>' in pages["sources/idaho.html"]
    assert "No value for facility_type, operator," in text
    assert "match idaho*.csv ignore Inspector, * Omitted" in text


def test_the_page_of_a_source_has_its_drift_the_newest_first(pages: dict[str, str]) -> None:
    text = Read(pages["sources/idaho.html"]).text
    assert (
        "31 Jul 2026, load 23 column what changed expected found what to do Status lossy unknown value DR202 a "
        "value that "
        "license_status knows 'Asleep' 6 times add them to the value map of license_status 3 earlier "
        "deliveries that differed 3 Jul 2026, load 19" in text
    )
    assert ">Drift<" not in pages["sources/iowa.html"]


def test_every_load_stands_in_the_table_under_the_chart(pages: dict[str, str]) -> None:
    text = Read(pages["sources/idaho.html"]).text
    assert "23 31 Jul 2026 idaho_2026-07-31.csv 869 838 31 0 12 1 published" in text
    assert "11 earlier loads" in text
    assert all(
        f"idaho_{load.extract_time:%Y-%m-%d}.csv" in text for load in made_up_overview().sources[0].loads
    )


def test_every_link_leads_somewhere_in_the_report(pages: dict[str, str]) -> None:
    read = {name: Read(page) for name, page in pages.items()}
    for name, page in read.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            led = (Path(name).parent / target).as_posix().replace("sources/../", "") if target else name
            assert led in read
            assert not anchor or anchor in read[led].ids


def test_the_pages_need_nothing_beside_them_and_run_nothing(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)|src=|@import|url\(|<script|<link", page) == []
        assert "default-src 'none'" in page


def test_what_others_wrote_is_text_and_nothing_else(tmp_path: Path) -> None:
    made = MadeUpSources(tmp_path)
    fields = f"fields:\n  company: ['{EVIL}', '=1+1']\n  city: {{from: City, values: {{'{EVIL}': x}}, otherwise: keep}}\n"
    made.map("acme", f"'{EVIL}'", fields=fields)
    evil = replace(NEW_COLUMN, header=EVIL, expected=EVIL, found=EVIL, advice=EVIL)
    made.load("acme", 2, days_ago=3, rejects=3, invalid=2, header=EVIL, drift=[evil])
    made.fail("acme", f"no header {EVIL}", days_ago=2)
    made.map("broken", fields=f"fields: {{'{EVIL}': x}}\n")
    page = "".join(text for _, text in overview_pages(made.overview()))
    made.loads.destination.close()
    assert "<script" not in page
    assert page.count("&lt;script&gt;") > 10
    assert "=1+1" in page


def test_of_a_mapping_with_many_faults_the_first_are_told(tmp_path: Path) -> None:
    made = MadeUpSources(tmp_path)
    made.map("acme", fields="fields: {company: Name, a: A, b: B, c: C, d: D, e: E}\n")
    page = dict(overview_pages(made.overview()))["index.html"]
    made.loads.destination.close()
    text = Read(page).text
    assert "has no field 'c' , and 2 more: leadingest lint Sources" in text
    assert "no field 'd'" not in text


def test_before_the_first_mapping_the_page_says_how_to_begin() -> None:
    (page,) = (text for _, text in overview_pages(Overview(NOW, TABLE, ())))
    assert (
        "There are no sources yet. Create a mapping for one: leadingest new NAME --file FILE"
        in Read(page).text
    )


def test_every_source_has_a_file_of_its_own_on_every_file_system() -> None:
    assert page_names(["Acme", "acme", "../etc/x y", "ACME", "acme-2"]) == {
        "Acme": "sources/Acme.html",
        "acme": "sources/acme-2.html",
        "../etc/x y": "sources/..-etc-x-y.html",
        "ACME": "sources/ACME-3.html",
        "acme-2": "sources/acme-2-2.html",
    }


@pytest.mark.long
def test_two_hundred_sources_of_fifty_loads_stay_small() -> None:
    made_up = made_up_overview()
    idaho = made_up.sources[0]
    loads = tuple(
        replace(idaho.loads[0], load_id=number, published=number == 50) for number in range(50, 0, -1)
    )
    sources = tuple(replace(idaho, name=f"source_{number}", loads=loads) for number in range(200))
    sizes = {
        name: len(squeezed(page).encode()) for name, page in overview_pages(Overview(NOW, TABLE, sources))
    }
    assert len(sizes) == 201
    assert sizes.pop("index.html") < 500_000
    assert max(sizes.values()) < 30_000


def test_machines_are_told_the_same_numbers() -> None:
    document = json.loads(written(OverviewReport(made_up_overview()), "json"))
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


def test_it_says_where_the_report_is_and_what_needs_attention() -> None:
    assert text(OverviewReport(made_up_overview(), Path("report"), 227_123)) == (
        "report/index.html: 9 sources, 4,576 published leads (227 kB)\n"
        "iowa: late\n"
        "montana: failed\n"
        "kansas: held\n"
        "maine: mapping broken\n"
        "utah: nothing loaded\n"
    )
