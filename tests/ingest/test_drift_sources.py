"""Tests of leadingest.ingest.drift_sources: deliveries of one source over time, made up and real, and what --fix must not do."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from leadingest.deliveries.inboxes.folder_inbox import FolderInbox
from leadingest.destinations.open_destination import open_destination
from leadingest.drift.source_drift import SourceDrift, fixed_mapping
from leadingest.errors import ConfigurationError
from leadingest.ingest import drift_sources
from leadingest.ingest.drift_sources import DriftFinder, fix_drift
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.lint.finding import FixedText
from leadingest.tables.load_table import read_load_table
from tests.ingest.made_up_place import DDL, MAPPING, MadeUpPlace
from tests.real_deliveries import SAMPLES, real
from tests.workbooks import table, workbook

ROOT = DDL.parent

Told = list[tuple[str, str, str]]

GRANTS = """\
source: grants
delivery: {match: "grants*.xlsx"}
guards: {largest_fall: off}
fields:
  company: LEGAL NAME OF FACILITY
  phone: FACILITY/PROVIDER TELEPHONE NUMBER
  license_number: FACILITY/PROVIDER DVN
  license_issued: Signature Date
ignore: [COUNTY, "* Cost", MAILING ADDRESS]
"""

TODAY = date(2026, 3, 1)


def in_short(drift: SourceDrift) -> Told:
    """The differences in short."""
    return [(each.name, each.kind_class, each.detail.header) for each in drift.differences]


def over_time(folder: Path, mapping: str, *deliveries: bytes, name: str) -> list[Told]:
    """Each delivery compared with the one before, which is loaded and published."""
    place = MadeUpPlace(folder, f"sqlite:///{folder}/leads.db")
    source = name.partition(".")[0]
    (folder / f"mappings/{source}.yaml").write_text(mapping, encoding="utf-8")
    path = folder / "inbox" / name
    found = []
    for content in deliveries:
        path.write_bytes(content)
        with closing(open_destination(place.url, read_load_table(DDL / "lead_sources.yaml"))) as destination:
            destination.prepare()
            finder = DriftFinder(
                project=MappingIndex(folder / "mappings", DDL),
                inbox=FolderInbox(folder / "inbox"),
                today=date(2026, 3, 1),
                destination_of=lambda _, opened=destination: opened,  # type: ignore[misc]  # one for each round
            )
            drift = finder.drift(source)
            assert drift.message == ""
            found.append(in_short(drift))
        assert place.run(source)[0].status in ("loaded", "failed")
    return found


def roster(number: int, *, dated: bool, messy: bool = False) -> bytes:
    """A list of so many programs, as an agency sends it every two weeks."""
    lines = [
        ("Download_Date," if dated else "")
        + "Provider_Name,License_Number,License_Type,Effective_Date,City,Phone,Ages"
    ]
    for each in range(1, number + 1):
        city = "INC Blair" if messy and each % 30 == 0 else ("Blair", "Omaha", "Arlington")[each % 3]
        kind = ("Child Care Center", "Preschool")[each % 2]
        day = f"{each % 12 + 1:02}/{each % 28 + 1:02}/2024"
        lines.append(
            ("2026-02-02," if dated else "")
            + f"OAK TREE {each},CCC{1000 + each},{kind},{day},{city},(402) 200-{3000 + each},6 WKS To 13 YRS"
        )
    return ("\n".join(lines) + "\n").encode()


ROSTER = """\
source: roster
delivery: {match: "roster*.csv"}
fields:
  company: Provider_Name
  license_number: License_Number
  license_type: License_Type
  license_issued: {from: Effective_Date, formats: ["%m/%d/%Y"]}
  city: City
  phone: Phone
  ages_served: Ages
ignore: [Download_Date]
"""


def test_a_roster_that_gains_a_column_and_loses_its_mess(tmp_path: Path) -> None:
    first, second, third = (
        roster(300, dated=False, messy=True),
        roster(300, dated=True),
        roster(298, dated=True),
    )
    assert over_time(tmp_path, ROSTER, first, second, third, name="roster.csv") == [
        [],
        [("column_added", "safe", "Download_Date")],
        [],
    ]


def layout(number: int, header: list[str]) -> bytes:
    """A workbook of applications under this header."""
    rows: list[tuple[object, ...]] = [tuple(header)]
    for each in range(1, number + 1):
        cells: dict[str, object] = {
            "LEGAL NAME OF FACILITY": f"Oak Tree {each}",
            "FACILITY/PROVIDER TELEPHONE NUMBER": 5732003000 + each,
            "FACILITY/PROVIDER DVN": 2000000 + each,
            "FACILITY/ PROVIDER DVN": 2000000 + each,
            "Facility (Provider) DVN": 200000000 + each,
            "Signature Date": date(2022, 3, each % 28 + 1),
            "COUNTY": "COLE",
        }
        rows.append(tuple(cells.get(name, each % 7) for name in header))
    return workbook(list=table(*rows))


SECOND = [
    "MAILING ADDRESS",
    "COUNTY",
    "LEGAL NAME OF FACILITY",
    "FACILITY/PROVIDER DVN",
    "COUNTY",
    "FACILITY/PROVIDER TELEPHONE NUMBER",
    "Salary Cost",
    "Supplies Cost",
    "Signature Date",
]
THIRD = [
    "MAILING ADDRESS",
    "COUNTY",
    "LEGAL NAME OF FACILITY",
    "FACILITY/ PROVIDER DVN",
    "COUNTY",
    "FACILITY/PROVIDER TELEPHONE NUMBER",
    "PROVIDER TYPES",
    "Total Staff Number",
    "Signature Date",
]


def test_a_workbook_in_three_layouts(tmp_path: Path) -> None:
    """By a mapping for the second: the first cannot be loaded, the third has a header of another spelling."""
    earliest = ["Facility (Provider) DVN", "Contact First", "Facility City", "Signature Date"]
    layouts = layout(200, earliest), layout(300, SECOND), layout(130, THIRD)
    first, second, third = over_time(tmp_path, GRANTS, *layouts, name="grants.xlsx")
    assert first == [
        ("missing_column", "breaking", "LEGAL NAME OF FACILITY"),
        ("missing_column", "breaking", "FACILITY/PROVIDER TELEPHONE NUMBER"),
        ("renamed_column", "breaking", "FACILITY/PROVIDER DVN"),
        ("column_added", "safe", "Contact First"),
        ("column_added", "safe", "Facility City"),
    ]
    assert second == [("duplicate_header", "safe", "COUNTY")]
    assert third == [
        ("renamed_column", "breaking", "FACILITY/PROVIDER DVN"),
        ("record_count", "lossy", ""),
        ("column_added", "safe", "PROVIDER TYPES"),
        ("column_added", "safe", "Total Staff Number"),
        ("column_gone", "safe", "Salary Cost"),
        ("column_gone", "safe", "Supplies Cost"),
    ]


def sample(folder: str) -> list[bytes]:
    """The real deliveries of a source, in their order."""
    return [path.read_bytes() for path in sorted((SAMPLES / folder).iterdir())]


@real
def test_the_roster_of_nebraska(tmp_path: Path) -> None:
    """Read by hand: a column `Download_Date` in front from the second on; some cells of City put right, four records fewer."""
    mapping = (ROOT / "mappings/ne_childcare.yaml").read_text(encoding="utf-8")
    assert over_time(tmp_path, mapping, *sample("ne_childcare"), name="ne_childcare.csv") == [
        [],
        [("column_added", "safe", "Download_Date")],
        [],
    ]


@real
def test_the_grants_of_missouri(tmp_path: Path) -> None:
    """Read by hand: the first has a column for each part of an address, the second one for all; the third puts a blank into a header.

    Of 1,231 applications 551 are left, five columns of costs give way to two others, and a fifth of the signatures is
    gone.
    """
    mapping = GRANTS.replace("MAILING ADDRESS", "MAILING *").replace("grants", "mo_relief_ppp")
    first, second, third = over_time(tmp_path, mapping, *sample("mo_relief_ppp"), name="mo_relief_ppp.xlsx")
    assert {name for name, kind_class, _ in first if kind_class == "breaking"} == {"renamed_column"}
    assert ("renamed_column", "breaking", "FACILITY/PROVIDER DVN") in first
    assert {each for each in second if each[0] != "column_added"} == {
        ("duplicate_header", "safe", "COUNTY"),
    }
    costs = [
        "Salary/Benefits",
        "Mortgage Interest/Rent/Utilities",
        "Worker Protection",
        "Supplies",
        "Operational",
    ]
    assert third == [
        ("renamed_column", "breaking", "FACILITY/PROVIDER DVN"),
        ("record_count", "lossy", ""),
        ("column_added", "safe", "PROVIDER TYPES"),
        ("column_added", "safe", "Total Staff Number"),
        *[("column_gone", "safe", f"{cost} Cost") for cost in costs],
        ("empty_share", "safe", "Provider Signature"),
    ]


@pytest.fixture
def finder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DriftFinder:
    """A source whose phone has another header now."""
    monkeypatch.chdir(tmp_path)
    Path("mappings").mkdir()
    Path("mappings/utah.yaml").write_text(MAPPING.format(source="utah"), encoding="utf-8")
    Path("inbox").mkdir()
    Path("inbox/utah.csv").write_text("Name,Phone No\nOak,702-200-3000\n", encoding="utf-8")
    return DriftFinder(MappingIndex(Path("mappings"), DDL), FolderInbox(Path("inbox")), TODAY, lambda _: None)


def test_a_mapping_is_fixed_once_and_then_left_alone(finder: DriftFinder) -> None:
    drift = fix_drift(finder, "utah")
    assert (drift.fixed, drift.differences) == (1, ())
    fixed = Path("mappings/utah.yaml").read_bytes()
    assert b"phone: [Phone, Phone No]" in fixed
    assert fix_drift(finder, "utah").fixed == 0
    assert Path("mappings/utah.yaml").read_bytes() == fixed


def test_a_file_that_is_utf8_now_is_read_as_that(finder: DriftFinder) -> None:
    path = Path("mappings/utah.yaml")
    path.write_text(MAPPING.format(source="utah").replace('csv"}', 'csv", encoding: cp1252}  # old'))
    Path("inbox/utah.csv").write_bytes("Name,Phone\nJosé,702-200-3000\n".encode())
    drift = fix_drift(finder, "utah")
    assert (drift.fixed, drift.differences) == (1, ())
    assert "encoding: [utf-8, cp1252]}  # old\n" in path.read_text()


def test_a_byte_order_mark_stays(finder: DriftFinder) -> None:
    path = Path("mappings/utah.yaml")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert fix_drift(finder, "utah").fixed == 1
    assert path.read_bytes().startswith(b"\xef\xbb\xbfsource")


def test_a_mapping_that_cannot_be_read_afterwards_is_put_back(
    finder: DriftFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Path("mappings/utah.yaml").read_bytes()
    right = fixed_mapping

    def wrong(*args: object) -> list[FixedText]:
        return [FixedText(each.document, "source: [", 1) for each in right(*args)]  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(drift_sources, "fixed_mapping", wrong)
    with pytest.raises(ConfigurationError, match="could not be fixed and was left unchanged"):
        fix_drift(finder, "utah")
    assert Path("mappings/utah.yaml").read_bytes() == before
