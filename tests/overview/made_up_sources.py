"""Made-up sources in every condition, with the loads of half a year, as a report tells of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import chdir
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from leadingest.destinations.ledger import DriftNote, LoadEnd, RecordCounts
from leadingest.errors import DeliveryError
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.overview.overview import Overview, gather
from leadingest.tables.load_table import read_load_table
from tests.destinations.made_up import MadeUpLoads, invalid_of, leads_of, rejects_of

DDL = Path(__file__).parents[2] / "ddl"
TABLE = read_load_table(DDL / "lead_sources.yaml")

#: The moment at which everything is looked at: a Monday.
NOW = datetime(2026, 8, 3, 9, 30, tzinfo=UTC)

_FIELDS = """\
fields:
  company: {from: [Facility, Facility Name], case: title}
  first_name: {from: Contact, person: first}
  last_name: {from: Contact, person: last}
  phone: Phone
  email: E-mail
  address1: Street
  city: {from: City, case: title}
  state: State
  zip: {from: Zip, pad: 5}
  license_number: License
  license_issued: {from: Issued, formats: ["%m/%d/%Y"]}
  license_status:
    from: Status
    values: {Open: active, Closed: closed, Provisional: provisional}
    otherwise: invalid
  ages_served:
    join:
      - {const: Infant, when: "Infants = 'Y'"}
      - {const: School, when: "School = 'Y'"}
    separator: ", "
  capacity: Places
ignore: [Inspector, "* Omitted"]
"""
#: What most of the sources fill, and in how many leads of a hundred.
_SHARES = {
    "company": 100,
    "first_name": 71,
    "last_name": 71,
    "phone": 98,
    "email": 44,
    "address1": 100,
    "city": 100,
    "state": 100,
    "zip": 99,
    "license_number": 100,
    "license_issued": 93,
    "license_status": 97,
    "ages_served": 62,
    "capacity": 88,
}
_MORE = {**_SHARES, "county": 100, "license_type": 96, "email": 81, "ages_served": 34}
_FEWER = {name: share for name, share in _SHARES.items() if not name.startswith(("license", "ages"))}
_ALL = {**_MORE, "website_address": 22, "language": 57, "facility_type": 99, "min_age": 88, "max_age": 86}
_VALUES: dict[str, Any] = {
    "license_issued": datetime(2021, 5, 3, tzinfo=UTC).date(),
    "capacity": 24,
    "min_age": 0,
    "max_age": 12,
    "state": "OH",
}
_RAW = '{"Facility": "", "Phone": "614-200-3000", "Street": "12 Elm St"}'


NEW_COLUMN = DriftNote(
    code="DR103",
    name="column_added",
    kind_class="safe",
    header="Fax",
    expected="no such column",
    found="column 16, 12% filled, mostly like '999-9999'",
    advice="map it to a field, or list it under `ignore`",
)
NEW_VALUES = DriftNote(
    code="DR202",
    name="unknown_value",
    kind_class="lossy",
    header="Status",
    expected="a value that license_status knows",
    found="'Asleep' 6 times",
    advice="add them to the value map of license_status",
)
RENAMED = DriftNote(
    code="DR102",
    name="renamed_column",
    kind_class="breaking",
    header="Phone",
    expected="'Phone', read by phone",
    found="'Phone No', score 88",
    advice="if it is the same column, add the alias: from: [Phone, Phone No]; --fix does",
)


class MadeUpSources:
    """A project with mappings and a database with loads."""

    def __init__(self, folder: Path, url: str = "") -> None:
        (folder / "mappings").mkdir()
        self.folder = folder
        self.loads = MadeUpLoads(url or f"sqlite:///{folder / 'leads.db'}", TABLE)
        self.loads.destination.prepare()

    @property
    def project(self) -> MappingIndex:
        """As a command that begins now sees it."""
        return MappingIndex(self.folder / "mappings", DDL)

    def map(self, source: str, about: str = "", *, every: str = "", fields: str = _FIELDS) -> None:
        """Write the mapping of a source."""
        head = f'source: {source}\nabout: {about or source}\ndelivery: {{match: "{source}*.csv"}}\n'
        expect = f"expect: {{every: {every}}}\n" if every else ""
        (self.project.mappings / f"{source}.yaml").write_text(head + expect + fields, encoding="utf-8")

    def load(
        self,
        source: str,
        leads: int,
        *,
        days_ago: int,
        rejects: int = 0,
        invalid: int = 0,
        shares: Mapping[str, int] = _SHARES,
        held_because: str = "",
        header: str = "Facility",
        drift: Sequence[DriftNote] = (),
    ) -> None:
        """A load of so many leads, of a delivery that was made so many days ago."""
        frame = (
            leads_of(TABLE)
            .clear(leads)
            .with_columns(
                pl.Series("record_number", range(1, leads + 1)),
                pl.lit(len(shares)).cast(pl.Int16).alias("filled_fields"),
                *(_filled(name, share, leads) for name, share in shares.items()),
            )
        )
        refused = rejects_of(
            *(
                (
                    leads + 1 + n,
                    leads + 2 + n,
                    None,
                    "long_record",
                    "16 cells instead of 15",
                    'Oak "Tree", LLC,614',
                )
                if n % 3 == 2
                else (
                    leads + 1 + n,
                    leads + 2 + n,
                    "company",
                    "required",
                    "Facility has no value, but is required",
                    _RAW,
                )
                for n in range(rejects)
            )
        )
        unread = invalid_of(
            *(
                (n + 1, "phone", "Phone", "phone", "call the office 614-200")
                if n % 2
                else (n + 1, "license_status", "Status", "values", "Asleep")
                for n in range(invalid)
            )
        )
        headers = [
            header,
            "Contact",
            "Phone",
            "E-mail",
            "Street",
            "City",
            "State",
            "Zip",
            "License",
            "Issued",
            "Status",
            "Infants",
            "School",
            "Places",
            "Inspector",
        ]
        profiles = pl.DataFrame(
            {"position": range(1, len(headers) + 1), "header": headers, "filled": [leads] * len(headers)},
            schema={"position": pl.Int32, "header": pl.String, "filled": pl.Int64},
        )
        counts = RecordCounts(
            read=leads + rejects, loaded=leads, rejected=rejects, filtered=0, invalid_values=invalid
        )
        with self.loads.started(**_delivery(source, days_ago)) as load:
            load.write(leads=frame, rejects=refused, invalid_values=unread)
            load.write_profiles(profiles)
            load.write_drift(drift)
            load.finish(LoadEnd(counts, held_because=held_because))

    def fail(self, source: str, reason: str, *, days_ago: int, drift: Sequence[DriftNote] = ()) -> None:
        """A load that failed."""
        try:
            with self.loads.started(**_delivery(source, days_ago)) as load:
                load.write_drift(drift)
                raise DeliveryError(reason)
        except DeliveryError:
            pass

    def overview(self, *, loads: int = 50) -> Overview:
        """What there is to see at the moment."""
        return gather(self.project, TABLE, self.loads.destination, now=NOW, loads=loads)


def made_up_sources(folder: Path) -> MadeUpSources:
    """One source in every condition, and some in none."""
    made = MadeUpSources(folder)
    made.map("idaho", "Idaho licensed day-care facilities (Health and Welfare)", every="week")
    for week in range(22, -1, -1):
        made.load(
            "idaho",
            640 + 9 * (22 - week),
            days_ago=7 * week + 3,
            rejects=4 if week % 5 else 31,
            invalid=12,
            drift={18: [NEW_COLUMN], 9: [NEW_COLUMN, NEW_VALUES], 4: [NEW_VALUES], 0: [NEW_VALUES]}.get(
                week, ()
            ),
        )
    made.map("iowa", "Iowa child-care providers (Human Services)", every="week")
    for week in range(18, 1, -1):
        made.load("iowa", 900 - 3 * week, days_ago=7 * week, invalid=3, shares=_MORE)
    made.map("kansas", "Kansas providers, from a list vendor", every="month")
    for month in range(5, 0, -1):
        made.load("kansas", 310 + 20 * month, days_ago=30 * month - 20, rejects=2, shares=_FEWER)
    made.load("kansas", 61, days_ago=4, held_because="it has 61 records, and the load before had 330")
    made.map(
        "maine", "Maine child-care licensing roster", every="week", fields=_FIELDS.replace("phone:", "phon:")
    )
    for week in range(9, -1, -1):
        made.load("maine", 420 + week % 3, days_ago=7 * week + 1)
    made.map("montana", "Montana Early Childhood Services", every="2 weeks")
    for week in range(7, 0, -1):
        made.load("montana", 505 + 4 * week, days_ago=14 * week - 8)
    made.fail(
        "montana",
        "the file has no header 'Phone', which phone reads (mappings/montana.yaml:9:3)",
        days_ago=2,
        drift=[RENAMED, NEW_COLUMN],
    )
    made.map("nevada", "Nevada licenses, exported from the portal", every="quarter")
    for quarter in range(3, 0, -1):
        made.load(
            "nevada", 260 + quarter, days_ago=90 * quarter - 60, shares={**_MORE, "email": 12, "county": 38}
        )
    made.load(
        "ohio_crm", 144, days_ago=40, shares={"company": 100, "phone": 83, "email": 96, "website_address": 35}
    )
    made.map("oregon", "Oregon Early Learning, all license types")
    for month in range(4, -1, -1):
        made.load("oregon", 1180 - 40 * month, days_ago=30 * month + 12, invalid=1, shares=_ALL)
    made.map("utah", "Utah care licensing, asked for in July", every="week")
    return made


@cache
def made_up_overview() -> Overview:
    """The overview of them, gathered once for all tests that look at it."""
    # Messages name files from the folder in which one stands.
    with TemporaryDirectory() as folder, chdir(folder):
        made = made_up_sources(Path(folder))
        overview = made.overview()
        made.loads.destination.close()
    return overview


def _delivery(source: str, days_ago: int) -> dict[str, Any]:
    made = NOW - timedelta(days=days_ago)
    return {"source": source, "extract_time": made, "file_name": f"{source}_{made:%Y-%m-%d}.csv"}


def _filled(name: str, share: int, leads: int) -> pl.Series:
    value = _VALUES.get(name, f"made-up {name}")
    kind = TABLE.columns[name].type.dtype
    return pl.Series(name, [value if 100 * n < share * leads else None for n in range(leads)], dtype=kind)
