"""The kind other_source: whose delivery it looks like, and that others are not asked without need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leadingest.drift.compare import compare
from leadingest.drift.comparison import Comparison
from leadingest.drift.fit import KnownSource
from leadingest.drift.kind import DriftDetail
from leadingest.drift.profiles.personal_columns import kept_profile
from leadingest.mapping.read_mapping import read_mapping
from tests.drift.made_up_drift import DDL, HEADER, MadeUpSource, csv, record

UTAH, OTHER = (csv([record(each + off) for each in range(60)]) for off in (1, 1000))
#: The same columns under other headers.
IOWA_HEADER = "Provider,Telephone,Permit,State of Permit,Since,Beds,Sort"
IOWA = OTHER.replace(HEADER, IOWA_HEADER)
NAMES = dict(zip(HEADER.split(","), IOWA_HEADER.split(","), strict=True))
FEW = "  company: Provider\n  phone: Telephone\n"

MakeSource = Callable[..., KnownSource]


@pytest.fixture
def make_source(tmp_path: Path) -> MakeSource:
    """Makes a source with the headers of its list, and with what its published load was like."""

    def make_source(
        name: str, published: str | None = None, *, other: bool = False, fields: str = ""
    ) -> KnownSource:
        folder = tmp_path / name
        folder.mkdir()
        source = MadeUpSource(folder, *([fields] if fields else []))
        text = source.path.read_text().replace("source: acme", f"source: {name}")
        for old, new in NAMES.items() if other else ():
            text = text.replace(f": {old}\n", f": {new}\n").replace(f"from: {old},", f"from: {new},")
        source.path.write_text(text)
        mapping = read_mapping(source.path, ddl=DDL)
        profile = kept_profile(source.delivered(published).profile, mapping) if published else None
        return KnownSource(mapping, profile)

    return make_source


def other_source(tmp_path: Path, own: KnownSource, now: str, *others: KnownSource) -> DriftDetail | None:
    """What the kind says of a delivery of the source `acme` beside the others."""
    delivered = MadeUpSource(tmp_path / "acme").delivered(now)
    comparison = Comparison.of(own.mapping, delivered, own.published, others=lambda: others)
    return next((each.detail for each in compare(comparison) if each.name == "other_source"), None)


@pytest.mark.parametrize("published", [None, IOWA])
def test_headers_of_another_mapping_tell_whose_delivery_it_is(
    tmp_path: Path, make_source: MakeSource, published: str | None
) -> None:
    own, iowa = make_source("acme", UTAH), make_source("iowa", published, other=True)
    found = other_source(tmp_path, own, IOWA, make_source("ohio"), iowa)
    assert found
    assert (found.kind_class, found.header) == ("breaking", "")
    assert found.expected == "a delivery of acme: 0 of the 6 columns that it reads exist"
    again = ", and 100% of its records are in the published load" if published else ""
    assert found.found == f"this looks like a delivery of iowa: 6 of the 6 columns that it reads exist{again}"
    assert "leadingest run --source iowa --file FILE" in found.advice


def test_sources_with_the_same_headers_are_told_apart_by_their_records(
    tmp_path: Path, make_source: MakeSource
) -> None:
    own, ohio = make_source("acme", UTAH), make_source("ohio", OTHER)
    found = other_source(tmp_path, own, OTHER, make_source("iowa", IOWA, other=True), ohio)
    assert found and found.found.startswith("this looks like a delivery of ohio: ")
    # Nothing is known of a sibling's records, or they are no more alike: then it is none.
    assert other_source(tmp_path, own, OTHER, make_source("reno")) is None
    assert other_source(tmp_path, own, csv([record(each) for each in range(5000, 5060)]), ohio) is None


@pytest.mark.parametrize("published", [None, UTAH])
def test_without_its_header_the_records_alone_tell_whose_it_is(
    tmp_path: Path, make_source: MakeSource, published: str | None
) -> None:
    own, iowa = make_source("acme", published), make_source("iowa", IOWA, other=True)
    found = other_source(tmp_path, own, IOWA.split("\n", 1)[1], iowa)
    assert found and "a delivery of iowa" in found.found
    assert other_source(tmp_path, own, UTAH.split("\n", 1)[1], iowa, make_source("ohio", OTHER)) is None


def test_a_new_layout_of_the_own_source_is_no_other_source(tmp_path: Path, make_source: MakeSource) -> None:
    """A sibling was mapped for the new headers already, and another one reads two of them."""
    own, now = make_source("acme", UTAH), UTAH.replace(HEADER, IOWA_HEADER)
    assert (
        other_source(
            tmp_path, own, now, make_source("iowa", IOWA, other=True), make_source("few", fields=FEW)
        )
        is None
    )


@pytest.mark.parametrize(
    ("now", "others"),
    [
        (UTAH, False),
        (UTAH.replace("Phone,License", "Tel,Permit"), False),
        (csv([record(each) for each in range(1, 15)]), False),
        (IOWA, True),
        (OTHER, True),
    ],
    ids=["as ever", "two headers renamed", "most records gone", "other headers", "other records"],
)
def test_others_are_only_read_where_the_own_source_fits_badly(
    tmp_path: Path, make_source: MakeSource, now: str, *, others: bool
) -> None:
    own, calls = make_source("acme", UTAH), []

    def known_sources() -> Iterator[KnownSource]:
        calls.append(True)
        return iter(())

    delivered = MadeUpSource(tmp_path / "acme").delivered(now)
    compare(Comparison.of(own.mapping, delivered, own.published, others=known_sources))
    assert bool(calls) == others
