"""What the leads of the three real sources must be, worked out from the raw records without leadingest.

Everything comes from the record itself, by rules of this module: no value of a record stands here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

Record = dict[str, str]
Lead = dict[str, str]

_STREET = "ST|AVE|AVENUE|STREET|BLVD|DR|DRIVE|CT|COURT|RD|ROAD|LN|PKWY|TRAIL"
#: A one-line address in which the last word for a street, or its unit, stands right before the city.
_ONE_LINE = re.compile(
    rf".* (?:{_STREET})\b\.?(?:, STE [\w-]+)? (?P<city>\D+), (?P<state>[A-Z]{{2}}) \d{{5}}"
)
_TWO_PEOPLE = re.compile(r"\s*(?:&|,|\bAND\b)\s*")
_PROVISIONAL = " (PROVISIONAL)"
_AGES = {"Infant": (0, 0), "Toddler": (1, 1), "Preschool": (2, 4), "School": (5, 12)}


def leads_of_source1(records: Sequence[Record]) -> list[Lead]:
    """Nevada. A city without a word for a street before it must be the city of another record."""
    found = [match and match["city"] for match in (_ONE_LINE.fullmatch(each["Address"]) for each in records)]
    cities = sorted({city for city in found if city}, key=len, reverse=True)
    return [_lead_of_source1(record, cities) for record in records]


def leads_of_source2(records: Sequence[Record]) -> list[Lead]:
    """Oklahoma."""
    return [_lead_of_source2(record) for record in records]


def leads_of_source3(records: Sequence[Record]) -> list[Lead]:
    """Texas."""
    return [_lead_of_source3(record) for record in records]


EXPECTED: dict[str, Callable[[Sequence[Record]], list[Lead]]] = {
    "source1": leads_of_source1,
    "source2": leads_of_source2,
    "source3": leads_of_source3,
}


def _lead_of_source1(raw: Record, cities: Sequence[str]) -> Lead:
    street, _, rest = raw["Address"].rpartition(", ")
    state, zip_code = rest.split(" ")
    city = next(city for city in cities if street.endswith(f" {city}"))
    address1, _, address2 = street.removesuffix(f" {city}").partition(", ")
    first, last = _contact(raw["Primary Contact Name"])
    kind = raw["Credential Type"].removesuffix(_PROVISIONAL)
    provisional = raw["Credential Type"].endswith(_PROVISIONAL)
    assert state == raw["State"]
    return {
        "company": raw["Name"],
        "licensee_name": _readable(raw["Primary Contact Name"]),
        "first_name": _readable(first),
        "last_name": _readable(last),
        "title": raw["Primary Contact Role"],
        "phone": _phone(raw.get("Phone") or raw["Phone#"]),
        "address1": address1,
        "address2": address2,
        "city": city.title(),
        "state": state,
        "zip": zip_code,
        "county": raw["County"].title(),
        "license_number": raw["Credential Number"],
        "license_type": kind,
        "license_status": "provisional" if provisional else raw["Status"].lower(),
        "license_issued": _day(raw["First Issue Date"]),
        "certificate_expiration_date": _day(raw["Expiration Date"]),
        "facility_type": {
            "CENTER": "center",
            "FAMILY CARE": "family_home",
            "GROUP CARE": "group_home",
            "ACCOMMODATION": "accommodation",
            "PERMITS": "other",
        }[kind],
    }


def _lead_of_source2(raw: Record) -> Lead:
    holder, _, trade_name = raw["Company"].partition(" DBA ")
    kind, number = raw["Type License"].split(" - ")
    at_home = kind == "CHILD CARE FAMILY"
    name, role = [line.strip() for line in raw["Primary Caregiver"].splitlines() if line.strip()]
    cells = [raw["Ages Accepted 1"], raw["AA2"], raw["AA3"], raw["AA4"]]
    days = ["Mon", "Tues", "Wed", "Thurs", "Friday", "Saturday", "Sunday"]
    open_days = [day for day in days if raw[day] != "CLOSED"]
    return {
        "company": trade_name or holder,
        "licensee_name": _readable(" ".join(reversed(holder.split(", ")))) if at_home else holder,
        "first_name": _readable(name.split(" ")[0]),
        "last_name": _readable(name.split(" ")[-1]),
        "title": role,
        "phone": _phone(raw["Phone"]),
        "email": raw["Email"].lower(),
        "address1": raw["Address1"],
        "address2": raw["Address2"],
        "city": raw["City"].title(),
        "state": raw["State"],
        "zip": raw["Zip"],
        "license_number": number,
        "license_type": kind,
        "license_issued": raw["License Monitoring Since"].removeprefix("Monitoring since "),
        "facility_type": "family_home" if at_home else "center",
        "accepts_financial_aid": "1" if raw["Accepts Subsidy"] else "0",
        "capacity": raw["Total Cap"],
        "schedule": _schedule({day[:3]: raw[day] for day in open_days}),
        **_ages([group for group in _AGES if any(cell.startswith(group) for cell in cells)]),
    }


def _schedule(hours_of: dict[str, str]) -> str:
    """Days with the same hours together, in the order of the week; of days in a row the first and the last."""
    week = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    texts = []
    for hours in dict.fromkeys(hours_of.values()):
        days = "".join(day if hours_of.get(day) == hours else "|" for day in week)
        runs = [f"{run[:3]}-{run[-3:]}" if len(run) > 3 else run for run in days.split("|") if run]
        begin, end = (datetime.strptime(text, "%I:%M%p").strftime("%H:%M") for text in hours.split(" - "))
        texts.append(f"{','.join(runs)} {begin}-{'24:00' if end == '00:00' else end}")
    return "; ".join(texts)


def _lead_of_source3(raw: Record) -> Lead:
    return {
        "company": (raw.get("Operation Name") or raw["Operation/Caregiver Name"]).replace('"', ""),
        "phone": _phone(raw["Phone"]),
        "email": raw["Email Address"].lower(),
        "address1": raw["Address"].strip(),
        "city": raw["City"].title(),
        "state": raw["State"],
        "zip": raw["Zip"],
        "county": raw["County"].title(),
        "license_number": raw.get("Operation") or raw["Operation #"],
        "license_type": raw["Type"],
        "license_status": {"Full Permit": "active", "": ""}[raw["Status"]],
        "license_issued": _day(raw["Issue Date"]),
        "provider_id": raw["Facility ID"],
        "facility_type": "group_home" if raw["Type"].endswith("Home") else "center",
        "capacity": raw["Capacity"],
        **_ages([group for group in _AGES if raw[group] == "Y"]),
    }


def _contact(name: str) -> tuple[str, str]:
    """First and last name of the first person: of `A B`, `A & B C & D`, `A, B C, D` and `A & B, C & D`."""
    people = _TWO_PEOPLE.split(name)
    if len(people) == 1:
        first, _, last = name.partition(" ")
        return first, last
    if len(people) == 3:
        return people[0], people[1].partition(" ")[2]
    first, _, last, _ = people
    return first, last


def _readable(name: str) -> str:
    """A name that shouts in readable case; one that does not, as it is."""
    if not name.isupper():
        return name
    spoken = re.sub(r"\b(?:And|Van)\b", lambda word: word[0].lower(), name.title())
    return re.sub(r"\bMc[a-z]", lambda start: start[0][:2] + start[0][2].upper(), spoken)


def _phone(cell: str) -> str:
    return "+1" + re.sub(r"\D", "", cell)


def _day(cell: str) -> str:
    if not cell:
        return ""
    year = "%Y" if len(cell.rpartition("/")[2]) == 4 else "%y"
    return datetime.strptime(cell, f"%m/%d/{year}").date().isoformat()


def _ages(groups: Sequence[str]) -> Lead:
    if not groups:
        return {"ages_served": "", "min_age": "", "max_age": ""}
    youngest, oldest = _AGES[groups[0]][0], _AGES[groups[-1]][1]
    return {"ages_served": ", ".join(groups), "min_age": str(youngest), "max_age": str(oldest)}
