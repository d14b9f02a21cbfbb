"""`person`: a part of a person's name."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from leadingest.expressions import on_distinct, usually
from leadingest.operations.base import INVALID, Example, PartOperation
from leadingest.operations.names.people import PARTS, Part, read_person
from leadingest.operations.names.plain_person import plain_person

_PARTS = pl.Struct(dict.fromkeys(PARTS, pl.String))


class Person(PartOperation):
    """Take one part of a person's name: first, middle, last, suffix, title or full.

    `LAST, FIRST` is recognized, and `LAST FIRST` in capitals if neither name can be the other. Of several people (`A
    & B C`, `A B; C D`, `C, A & B`, with `&`, `+`, `;`, `/`, AND, OR, a line break) the first is taken. A name in
    capitals is converted to mixed case. A part that the name does not have is blank. The last name is what follows a
    middle initial; otherwise the last word, with particles (`de la Cruz`), unless a comma marks it.

    Not recognized are companies, agencies, committees and groups, `Vacant`, `TBD`, `N/A` and the like,
    anything with a digit or an `@`, and ambiguous names: set `otherwise: blank` if you expect some.
    Together, the parts contain every letter of the cell except other people, a nickname in quotes or brackets,
    and `Attn`.

    `title` is the form of address and the role next to the name, after a comma or a dash, in brackets or without a
    separator: `Ann Reed, Owner`. A role after several people belongs to the last, unless it is a plural. Roles, also
    with words such as `Assistant` or `Vice` before them, are: Administrator, Agent, Aide, Applicant, Architect,
    Attorney, Attorney at Law, Atty, Atty at Law, Bookkeeper, Broker, Caregiver, CEO, CFO, Chairman, Chairperson,
    Chairwoman, Clerk, Co-Founder, Congressman, Congresswoman, Contractor, COO, Coordinator, Co-Owner, CTO, Designee,
    Dir, Director, Educator, Engineer, Executive, Founder, Inspector, Instructor, Licensee, Manager, Mgr, Officer,
    Official, Operator, Owner, Owners, Permittee, Pharmacist, PIC, Pres, President, Principal, Proprietor, Provider,
    Qualifier, Realtor, Receptionist, Registrant, Representative, Secretary, Senator, Specialist, Superintendent,
    Supervisor, Teacher, Technician, Treasurer, Trustee, Trustees, VP. Only after a separator also: Admin, Assistant,
    Bookkeeping, Chair, Coach, Consultant, Contact, Cook, Counselor, Dean, Head, HR, Lawyer, Lead, Member, Nurse,
    Partner, Party, Pastor, Staff.
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


# To read a name word by word takes many times as long as `plain_person`.
def _by_reading(text: pl.Expr) -> pl.Expr:
    return on_distinct(text, lambda name: reading.parts() if (reading := read_person(name)) else None, _PARTS)
