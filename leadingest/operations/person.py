"""`person`: a part of a person's name."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from leadingest.expressions import on_distinct, usually
from leadingest.operations.base import INVALID, Example, PartOperation
from leadingest.operations.names.people import PARTS, Part, plain_person, read_person

_PARTS = pl.Struct(dict.fromkeys(PARTS, pl.String))


class Person(PartOperation):
    """Take one part of a person's name: first, middle, last, suffix, title, or full.

    `LAST, FIRST` is understood, and `LAST FIRST` in capitals where neither can be the other one. Of several people (`A & B C`, `A B; C D`, `C, A & B`, with `&`, `+`, `;`, `/`, AND,
    OR, a line break) it is the first one. A name in capitals comes out in readable case. A part that the name does
    not have is blank. What stands behind a middle initial is the last name; otherwise it is the last word, with
    particles (`de la Cruz`), unless a comma tells it.

    Not recognised are firms, agencies, committees and groups, `Vacant`, `TBD`, `N/A` and the like, whatever has a
    digit or an `@`, and names of which it is not certain who is who: `otherwise: blank` where some are expected.
    The parts account for every letter of the cell. Left out are only other people, a nickname in quotes or brackets,
    and `Attn`.

    `title` is the form of address and the role beside the name, behind a comma, a dash, in brackets or with nothing
    between: `Ann Reed, Owner`. A role behind several people is that of the last, unless it is a plural. Roles are,
    with words such as `Assistant` or `Vice` before them:
    Administrator, Agent, Aide, Applicant, Architect, Attorney, Attorney at Law, Atty, Atty at Law, Bookkeeper,
    Broker, Caregiver, CEO, CFO, Chairman, Chairperson, Chairwoman, Clerk, Co-Founder, Congressman,
    Congresswoman, Contractor, COO, Coordinator, Co-Owner, CTO, Designee, Dir, Director, Educator, Engineer,
    Executive, Founder, Inspector, Instructor, Licensee, Manager, Mgr, Officer, Official, Operator, Owner,
    Owners, Permittee, Pharmacist, PIC, Pres, President, Principal, Proprietor, Provider, Qualifier, Realtor,
    Receptionist, Registrant, Representative, Secretary, Senator, Specialist, Superintendent, Supervisor,
    Teacher, Technician, Treasurer, Trustee, Trustees, VP.
    Set off by a sign also: Admin, Assistant, Bookkeeping, Chair, Coach, Consultant, Contact, Cook,
    Counselor, Dean, Head, HR, Lawyer, Lead, Member, Nurse, Partner, Party, Pastor, Staff.
    """

    person: Part

    problem: ClassVar[str] = "is not the name of a person"
    examples: ClassVar = (
        Example(
            "{from: Contact, person: first}",
            (
                ("REED, ANNA", "Anna"),
                ("ANNA & MAY REED & OAK", "Anna"),
                ("REED, ANNA; OAK, MAY", "Anna"),
                ("OAK TREE CARE, LLC", INVALID),
                ("Vacant", INVALID),
            ),
        ),
        Example(
            "{from: Contact, person: last}",
            (("JOHN MCDONALD II", "McDonald"), ("ANNA B. & MAY REED", "Reed"), ("Anna", None)),
        ),
        Example("{from: Contact, person: title}", (("Anna Reed, Owner", "Owner"), ("Dr. Anna Reed", "Dr."))),
    )

    def apart(self, value: pl.Expr) -> pl.Expr:
        return usually(value, plain_person, _by_reading, _PARTS)

    def part(self, parts: pl.Expr) -> pl.Expr:
        return parts.struct.field(self.person)


# The parser of names takes hundreds of times as long, and makes no more of two plain words than `plain_person`.
def _by_reading(text: pl.Expr) -> pl.Expr:
    return on_distinct(text, lambda name: reading.parts() if (reading := read_person(name)) else None, _PARTS)
