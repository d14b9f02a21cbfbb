"""Made-up deliveries of one source, compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from leadingest.deliveries.delivery import fingerprint
from leadingest.drift.compare import compare
from leadingest.drift.comparison import Comparison
from leadingest.drift.delivered import Delivered
from leadingest.drift.kind import Difference
from leadingest.drift.measure import read_delivered
from leadingest.drift.profiles.document import profiles_frame, read_profile
from leadingest.drift.profiles.personal_columns import kept_profile
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import read_mapping

DDL = Path(__file__).parents[2] / "ddl"
TODAY = date(2026, 3, 1)
FIELDS = """\
  company: Name
  phone: Phone
  license_number: License
  license_status: {from: Status, values: {Open: active, Shut: closed}, otherwise: invalid}
  license_issued: {from: Issued, formats: ["%m/%d/%Y"]}
  capacity: Places
ignore: [Kind, "* Note"]
"""
HEADER = "Name,Phone,License,Status,Issued,Places,Kind"


def record(number: int) -> list[str]:
    """The cells of one record under HEADER; each is like the others, and no two are the same."""
    status = "Shut" if number % 5 == 0 else "Open"
    issued = f"{number % 12 + 1:02}/{number % 28 + 1:02}/20{number % 20 + 10}"
    return [
        f"Oak Tree {number}",
        f"740-200-{3000 + number}",
        f"A{10_000 + number}",
        status,
        issued,
        str(number % 40 + 5),
        "Home",
    ]


def csv(records: Sequence[Sequence[str]], header: str = HEADER) -> str:
    """A delivery of these records."""
    return "\n".join([header, *(",".join(cells) for cells in records)]) + "\n"


def usual(number: int = 100) -> list[list[str]]:
    """So many records."""
    return [record(each) for each in range(1, number + 1)]


def changed(column: int, *cells: str, number: int = 100) -> list[list[str]]:
    """The usual records with other cells in one column, by turns."""
    records = usual(number)
    for at, each in enumerate(records):
        each[column] = cells[at % len(cells)]
    return records


class MadeUpSource:
    """A mapping in a folder, and what deliveries are like by it."""

    def __init__(self, folder: Path, fields: str = FIELDS, more: str = "", delivery: str = "") -> None:
        self.folder = folder
        self.path = folder / "acme.yaml"
        self.path.write_text(
            f'source: acme\ndelivery: {{match: "acme*.csv"{delivery}}}\n{more}fields:\n{fields}',
            encoding="utf-8",
        )

    @property
    def mapping(self) -> Mapping:
        """The mapping as it stands now."""
        return read_mapping(self.path, ddl=DDL, shown_as="acme.yaml")

    def delivered(self, text: str | bytes, name: str = "acme.csv") -> Delivered:
        """What the delivery is like."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_delivered(self.mapping, fingerprint(path), today=TODAY)

    def differences(self, now: str | bytes, before: str | bytes | None = None) -> tuple[Difference, ...]:
        """What a delivery differs in: from the one before, as its load has kept it, or from the mapping alone."""
        published = None
        if before is not None:
            kept = kept_profile(self.delivered(before, "before.csv").profile, self.mapping)
            published = read_profile(profiles_frame(kept))
        return compare(Comparison(self.mapping, self.delivered(now), published))

    def in_short(
        self, now: str | bytes, before: str | bytes | None = None
    ) -> list[tuple[str, str, str, str]]:
        """The same in short: name, class, column, found."""
        return [
            (each.name, each.kind_class, each.detail.header, each.detail.found)
            for each in self.differences(now, before)
        ]
