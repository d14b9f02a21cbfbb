"""The keys of a mapping and of an entry that are no words of their own, each with what it says and an example."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from leadingest.operations import CHECKS, OPERATIONS
from leadingest.operations.base import Operation
from leadingest.operations.checks.base import Check
from leadingest.operations.sources import SOURCES
from leadingest.tables.types import TYPES


@dataclass(frozen=True)
class Key:
    """What a key says, and an example as YAML."""

    about: str
    example: str


#: The keys at the top of a mapping.
MAPPING_KEYS: Final = {
    "source": Key("Who the list comes from; the name that `run --source` takes.", "source: source3"),
    "about": Key("What the list is, in a sentence.", "about: Texas child-care operations"),
    "into": Key(
        "The load table, described in `ddl/<name>.yaml`; `lead_sources` where nothing is said.",
        "into: lead_sources",
    ),
    "extends": Key(
        "A file beside this one with what several mappings share. The keys of this one win, under `delivery`, "
        "`guards`, `on_drift`, `let` and `fields` key by key; `ignore` is put together. A field or `let` value that this "
        "one says again is the entry of this one alone, with its words in the order in which they stand here: nothing of "
        "the other entry is added. A file whose name begins with `_` is no source of its own.",
        "extends: _us_child_care.yaml",
    ),
    "delivery": Key("How the file is found and read, see below.", 'delivery: {match: "source3*.csv"}'),
    "guards": Key(
        "What keeps a load from being published until somebody approves it, see below.",
        "guards: {most_rejects: 2%, fewest_records: 500}",
    ),
    "on_drift": Key(
        "What a run does about a delivery that is not what was expected, see below.",
        "on_drift: {added: hold, missing: hold}",
    ),
    "expect": Key(
        "How often a delivery is to arrive, for `leadingest report` to tell which sources are late: from the day after "
        "one was due. See below.",
        "expect: {every: week}",
    ),
    "on_invalid": Key(
        "What becomes of a cell that cannot be read, for every field that does not say it itself: `blank` "
        "(the default), `reject` (the record) or `hold` (the load).",
        "on_invalid: reject",
    ),
    "let": Key(
        "Values worked out once, for fields, `sql`, `when` and each other to name. They are entries; each is a "
        "text unless it says `type`.",
        'let:\n  ages: {join: [Ages 1, Ages 2], separator: "|"}',
    ),
    "where": Key(
        "An SQL condition (`sql` lists what it is made of). Records for which it does not hold, or cannot be told because a cell is blank, are left "
        "out on purpose and counted. One for which a `let` value cannot be read is not left out: the cell is kept "
        "as an invalid value of `where`.",
        "where: \"Kind <> 'Restaurant'\"",
    ),
    "fields": Key(
        "The fields of the load table, each with an entry that says where its value comes from.",
        "fields:\n  company: Name\n  phone: [Phone, Telephone]",
    ),
    "key": Key(
        "The field, or the fields together, by which `leadingest diff` knows a lead of one delivery again in the next; "
        "the load table's `lead_key` where nothing is said. It changes nothing in the leads.",
        "key: [license_number, state]",
    ),
    "ignore": Key(
        "Headers left out on purpose, so that a run does not report them as new; `*` stands for anything, and capitals do not count.",
        'ignore: [Agency Number, "* Omitted"]',
    ),
    "tests": Key(
        "Made-up records with what must become of them: `lead` (with `invalid`, the fields that cannot be read), "
        "`rejected` (for which field) or `filtered: true`. `leadingest test` runs them.",
        "tests:\n  - about: a status nobody has met\n    record: {Name: Oak Tree, Status: Asleep}\n"
        '    lead: {company: Oak Tree, license_status: ""}\n    invalid: [license_status]',
    ),
}

#: Keys that any entry may have beside its words.
ENTRY_KEYS: Final = {
    "when": Key(
        "An SQL condition (`sql` lists what it is made of): where it does not hold, or cannot be told, the entry has no value, and nothing in it can fail. "
        "Words that fill a blank, such as `default`, come after it.",
        "field: {from: Fax, when: \"Kind = 'office'\"}",
    ),
    "type": Key(
        "The type of a `let` value; the types of fields come from the load table.",
        "let:\n  months: {from: Age, type: integer}",
    ),
    "optional": Key(
        "`true`: a delivery without the header is fine, whatever other headers it has; the entry then has no value. Said "
        "of an entry with parts, it goes for all of them. Drift tells of the column and asks for nothing.",
        "field: {from: Fax, optional: true}",
    ),
    "on_invalid": Key(
        "What becomes of a cell that cannot be read: `blank` (the default), `reject` (the record) or `hold` (the load).",
        "field: {from: License, on_invalid: reject}",
    ),
    "steps": Key(
        "The words as a list, for one that is needed twice, or for an `otherwise` that is not the same for all of them: "
        "each step is one word with its own companions. Steps apply in the order in which they are written.",
        'field: {from: Kind, steps: [{split: " - ", otherwise: keep}, {case: lower}, '
        "{values: {home: family_home}, otherwise: invalid}, {values: {family_home: group_home}, otherwise: keep}]}",
    ),
}


KeyOwner = type[Operation] | type[Check]

OWNERS: Final[tuple[KeyOwner, ...]] = (*SOURCES, *OPERATIONS, *CHECKS)
TYPE_OPTIONS: Final = tuple(sorted({option for kind in TYPES for option in kind.mapping_options}))


@cache
def owners_of(key: str) -> tuple[KeyOwner, ...]:
    """The words that take the key."""
    return tuple(owner for owner in OWNERS if key in owner.keys())


def all_keys() -> list[str]:
    """Every key that may stand in some entry."""
    return list(
        dict.fromkeys([*(key for owner in OWNERS for key in owner.keys()), *ENTRY_KEYS, *TYPE_OPTIONS])
    )
