"""The keys of a mapping and of an entry that are no words of their own, each with what it says and an example."""

from __future__ import annotations

from collections.abc import Collection, Iterator
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
    "about": Key("A one-sentence description of the list.", "about: Texas child-care operations"),
    "into": Key(
        "The load table, described in `ddl/<name>.yaml`; `lead_sources` by default.",
        "into: lead_sources",
    ),
    "extends": Key(
        "A file in the same folder with what several mappings share. The keys of this mapping "
        "take precedence, key by key under `delivery`, `guards`, `on_drift`, `aliases`, `maps`, `let` and `fields`; `ignore` lists are combined. A field or `let` value defined in both uses only the entry of this mapping: nothing of the other entry is added. A file whose name starts with `_` is not a source.",
        "extends: _us_child_care.yaml",
    ),
    "delivery": Key("How the file is found and read; see below.", 'delivery: {match: "source3*.csv"}'),
    "guards": Key(
        "What holds a load until somebody approves it; see below.",
        "guards: {most_rejects: 2%, fewest_records: 500}",
    ),
    "on_drift": Key(
        "What a run does about drift; see below.",
        "on_drift: {added: hold, missing: hold}",
    ),
    "expect": Key(
        "How often a delivery is expected. `leadingest report` shows a source as late from the day "
        "after one was due. See below.",
        "expect: {every: week}",
    ),
    "on_invalid": Key(
        "What to do with a cell that cannot be read, unless a field has its own setting: `blank` "
        "(the default), `reject` (the record) or `hold` (the load).",
        "on_invalid: reject",
    ),
    "aliases": Key(
        "Other headers that a column has had. Wherever the mapping names the column, in an entry, in `sql`, `when` or "
        "`where`, the first of the others that is there is read if the file does not have the header itself. Invalid "
        "values, rejects and drift call the column by the name that the mapping uses.",
        'aliases:\n  Status: License Status\n  Operation: ["Operation #", Op No]',
    ),
    "maps": Key(
        "Value maps by name, for several fields: an entry names one, `license_status: {from: Type, values: kinds, "
        "otherwise: invalid}`. A value may mean a table of "
        "fields with their values; each field, or `let` value, then takes what is under its own name, and none is a blank. "
        "With `{file: zips.csv, key: ZIP}` under a name, `lookup: NAME` takes, from the row of a table, the column with the "
        "name of the field. "
        "To share maps between mappings, put them in a file that these extend.",
        "maps:\n  kinds:\n    Center: {facility_type: center, license_status: active}\n"
        "    Center (Provisional): {facility_type: center, license_status: provisional}",
    ),
    "let": Key(
        "Values computed once and used by name in fields, `sql`, `when` and other `let` values. They are entries; "
        "each is a text unless it has a `type`.",
        'let:\n  ages: {join: [Ages 1, Ages 2], separator: "|"}',
    ),
    "where": Key(
        "An SQL condition (see `sql` for the syntax). Records for which it is false, or unknown because a cell is "
        "blank, are filtered and counted. If a `let` value in it cannot be read, the record is kept, with an invalid "
        "value of `where`.",
        "where: \"Kind <> 'Restaurant'\"",
    ),
    "keep": Key(
        "Which one of several records becomes a lead, such as the latest for each license. The others are filtered and "
        "counted. See below.",
        "keep: {latest: license_issued, per: license_number}",
    ),
    "fields": Key(
        "The fields of the load table, each with an entry that defines its value.",
        "fields:\n  company: Name\n  phone: [Phone, Telephone]",
    ),
    "key": Key(
        "The field or combination of fields by which `leadingest diff` recognizes a lead in the next "
        "delivery; by default the load table's `lead_key`. It does not change the leads.",
        "key: [license_number, state]",
    ),
    "ignore": Key(
        "Headers to ignore, so that a run does not report them as new; `*` matches anything, and capitalization does not matter.",
        'ignore: [Agency Number, "* Omitted"]',
    ),
    "tests": Key(
        "Made-up records with their expected result: `lead` (with `invalid`, the fields that cannot be read), "
        "`rejected` (for which field) or `filtered: true`. `today` is the day of the load. `leadingest test` runs them.",
        "tests:\n  - about: a status nobody has met\n    record: {Name: Oak Tree, Status: Asleep}\n"
        '    lead: {company: Oak Tree, license_status: ""}\n    invalid: [license_status]',
    ),
}

#: Keys that any entry may have beside its words.
ENTRY_KEYS: Final = {
    "when": Key(
        "An SQL condition (see `sql` for the syntax): if it is false or unknown, the entry has no value, and nothing "
        "in it can fail. Words that fill a blank, such as `default`, apply after it.",
        "field: {from: Fax, when: \"Kind = 'office'\"}",
    ),
    "type": Key(
        "The type of a `let` value; the types of fields come from the load table.",
        "let:\n  months: {from: Age, type: integer}",
    ),
    "optional": Key(
        "`true`: a delivery may lack the header; the entry then has no value. In an entry with parts, "
        "it applies to all of them. Drift reports the missing column, without consequences.",
        "field: {from: Fax, optional: true}",
    ),
    "on_invalid": Key(
        "What to do with a cell that cannot be read: `blank` (the default), `reject` (the record) or `hold` (the load).",
        "field: {from: License, on_invalid: reject}",
    ),
    "steps": Key(
        "The words as a list, if you need a word twice, or a different `otherwise` for each: a step is "
        "one word with the keys that belong to it. Steps apply in the order in which they are written.",
        'field: {from: Kind, steps: [{split: " - ", otherwise: keep}, {case: lower}, '
        "{values: {home: family_home}, otherwise: invalid}, {values: {family_home: group_home}, otherwise: keep}]}",
    ),
}


KeyOwner = type[Operation] | type[Check]

TYPE_OPTIONS: Final = tuple(sorted({option for kind in TYPES for option in kind.mapping_options}))


@cache
def owners() -> tuple[KeyOwner, ...]:
    """All words that may stand in an entry. Whoever asks for them has all of them imported."""
    return (*SOURCES.values(), *OPERATIONS.values(), *CHECKS.values())


@cache
def owners_of(key: str) -> tuple[KeyOwner, ...]:
    """The words that take the key."""
    return tuple(owner for owner in owners() if key in owner.keys())


def keys_of_words(keys: Collection[str]) -> Iterator[str]:
    """Those of the keys that are words, and what may stand beside them."""
    for words in (SOURCES, OPERATIONS, CHECKS):
        for word in words:
            if word in keys:
                yield from words[word].keys()


def all_keys() -> list[str]:
    """Every key that may stand in some entry."""
    return list(
        dict.fromkeys([*(key for owner in owners() for key in owner.keys()), *ENTRY_KEYS, *TYPE_OPTIONS])
    )
