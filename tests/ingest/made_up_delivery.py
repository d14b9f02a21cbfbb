"""A made-up source with a delivery in which everything happens that can happen to a record."""

from __future__ import annotations

from pathlib import Path

from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import read_mapping

DDL = Path(__file__).parents[2] / "ddl"
MAPPING = """\
source: ohio
delivery: {match: "ohio*.csv"}
let:
  place: {from: Place, split: ", ", otherwise: keep}
where: "Kind <> 'Bar'"
fields:
  company: Name
  phone: {join: [Phone, {from: Ext, prefix: "x"}]}
  city: {from: place, case: title}
  license_status: {from: Status, values: {Open: active, Shut: closed}, otherwise: invalid}
  license_number: {from: License, unique: true}
  capacity: {from: Places, on_invalid: reject}
  email: E-mail
ignore: [Kind]
"""
CSV = """\
Name,Phone,Ext,Place,Status,License,Places,E-mail,Kind,Notes
Oak Tree,740-200-3000,,"ATHENS, OH",Open,A1,12,,Home,
Pine,740-200-3001,12,Akron,Asleep,A2,8,none,Home,likes cats
Bar None,740-200-3002,,Akron,Open,A3,8,,Bar,
,740-200-3003,,Akron,Shut,A4,8,,Home,
Elm,740-200,5,Akron,Open,A1,8,,Home,
Fir,,,,Open,A6,many,,Home,
"""


def made_up(folder: Path, *, csv: str = CSV, mapping: str = MAPPING) -> tuple[Mapping, Delivery]:
    """The mapping and the delivery, in files of the folder."""
    (folder / "ohio.yaml").write_text(mapping, encoding="utf-8")
    (folder / "ohio.csv").write_text(csv, encoding="utf-8")
    read = read_mapping(folder / "ohio.yaml", ddl=DDL, shown_as="ohio.yaml")
    return read, fingerprint(folder / "ohio.csv")
