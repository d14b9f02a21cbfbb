"""What a run refuses a mapping for, explained: the rules whose finding is a problem that reading the mapping tells."""

from typing import Final

from leadingest.lint.rule import Rule, refused

#: One for each kind of problem.
REFUSED: Final[tuple[Rule, ...]] = (
    refused(
        "LI001",
        "unreadable_file",
        """The file cannot be read: it does not exist, is not UTF-8 text, or is too large for a mapping.

    Nothing else can be checked in such a file. Put thousands of values in a CSV file next to the
    mapping and use `lookup`.
    """,
    ),
    refused(
        "LI002",
        "not_yaml",
        """The file is not YAML, or not a mapping of keys to values.

    The position is where parsing stopped; the mistake is often just before it. Put a header in quotes if it contains `#`
    or a colon and a blank, or starts with a character such as `*` or `&`.

    Bad:
        fields:
          company: Name
          license_number: [Operation, Operation #]

    Good:
        fields:
          company: Name
          license_number: [Operation, "Operation #"]
    """,
    ),
    refused(
        "LI003",
        "endless_aliases",
        """The anchors and aliases of the file expand excessively, or into themselves.

    Put what several entries share under `let`, and what several mappings share in a file that
    they extend.

    Bad:
        fields: &all
          company: Name
          city: *all

    Good:
        fields:
          company: Name
          city: City
    """,
    ),
    refused(
        "LI004",
        "duplicate_key",
        """The same key occurs twice. Most YAML parsers silently keep the last one; here it is an error.

    If a field had different headers over time, list them; to combine several columns, use `join`
    or `first_of`.

    Bad:
        fields:
          company: Name
          phone: Phone
          phone: Telephone

    Good:
        fields:
          company: Name
          phone: [Phone, Telephone]
    """,
    ),
    refused(
        "LI005",
        "unknown_word",
        """An unknown key, most often a misspelled one.

    `leadingest reference` lists them.

    Bad:
        fields:
          company: {form: Name}

    Good:
        fields:
          company: {from: Name}
    """,
    ),
    refused(
        "LI006",
        "misplaced_word",
        """A key in the wrong place: without the word it belongs to, or where it would have no effect.

    `part` belongs to `split`; `otherwise` to a word that recognizes values; the load table defines the type of
    a field; a check belongs to a whole entry; a word is either one of the `steps` or outside them, not both.

    Bad:
        fields:
          company: {from: Name, part: 1}

    Good:
        fields:
          company: {from: Name, split: " DBA ", part: 1}
    """,
    ),
    refused(
        "LI007",
        "wrong_value",
        """A value that its key does not accept: for example, text instead of a number, or a single text instead of a list.

    Bad:
        fields:
          company: Name
          city: {from: City, case: tilte}

    Good:
        fields:
          company: Name
          city: {from: City, case: title}
    """,
    ),
    refused(
        "LI008",
        "missing_key",
        """A required key is missing: `source`, `delivery` with `match`, `fields`, or what a word requires.

    Bad:
        delivery: {sheet: Providers}
        fields:
          company: Name

    Good:
        delivery: {match: "acme*.xlsx", sheet: Providers}
        fields:
          company: Name
    """,
    ),
    refused(
        "LI101",
        "unknown_field",
        """The load table has no such field.

    The fields are described in `ddl/<table>.yaml`. Put a helper value that only other values use under `let`.

    Bad:
        fields:
          company: Name
          phon: Phone

    Good:
        fields:
          company: Name
          phone: Phone
    """,
    ),
    refused(
        "LI102",
        "required_field",
        """The load table requires a field that the mapping does not fill: every record would be rejected.

    Bad:
        fields:
          phone: Phone

    Good:
        fields:
          company: Name
          phone: Phone
    """,
    ),
    refused(
        "LI106",
        "circular_let",
        """Values under `let` depend on each other in a circle, so none of them can be computed.

    Bad:
        let:
          ages: {from: range}
          range: {from: ages}
        fields:
          company: Name
          ages_served: ages

    Good:
        let:
          ages: {from: Ages}
        fields:
          company: Name
          ages_served: ages
    """,
    ),
    refused(
        "LI108",
        "undeclared_fate",
        """A value map or a `lookup` that does not say what to do with an unlisted value.

    Sooner or later a source sends a new value. `otherwise: invalid` leaves the field blank and keeps the value as an invalid
    value, `reject` rejects the record, `keep` keeps the value unchanged, `blank` silently leaves the field blank.

    Bad:
        fields:
          company: Name
          license_status: {from: Status, values: {Open: active}}

    Good:
        fields:
          company: Name
          license_status: {from: Status, values: {Open: active}, otherwise: invalid}
    """,
    ),
    refused(
        "LI112",
        "one_source",
        """An entry must have exactly one of `from`, `const`, `first_of`, `last_of`, `join`, `flags`, `days` and `sql`.

    Bad:
        fields:
          company: Name
          state: {case: upper}

    Good:
        fields:
          company: Name
          state: {from: State, case: upper}
    """,
    ),
    refused(
        "LI113",
        "broken_lookup",
        """The table of a `lookup` cannot be used: file not found, unknown column, or one key with two values.

    The file must be CSV in UTF-8 with a header, in the folder of the mapping.

    Bad:
        # mappings/acme.yaml
        fields:
          company: Name
          county: {from: Code, lookup: {file: counties.csv, key: fips, value: county}, otherwise: invalid}
        # mappings/counties.csv
        code,county
        007,Elko

    Good:
        # mappings/acme.yaml
        fields:
          company: Name
          county: {from: Code, lookup: {file: counties.csv, key: code, value: county}, otherwise: invalid}
        # mappings/counties.csv
        code,county
        007,Elko
    """,
    ),
    refused(
        "LI202",
        "bad_format",
        """A format that does not produce a date: an unknown or repeated directive, or an incomplete date.

    A date needs a year (`%Y` or `%y`) with a month (`%m`, `%b`, `%B`) and a day (`%d`), or with `%j`.

    Bad:
        fields:
          company: Name
          license_issued: {from: Issued, formats: ["%m/%D/%Y"]}

    Good:
        fields:
          company: Name
          license_issued: {from: Issued, formats: ["%m/%d/%Y"]}
    """,
    ),
    refused(
        "LI204",
        "bad_pattern",
        """A regular expression that does not compile.

    Patterns, including that of `footer`, use the syntax of Rust's `regex`: no look-around, no back-references
    and no excessively large patterns. In exchange, every pattern runs in linear time.

    Bad:
        fields:
          company: Name
          license_number: {from: Type, extract: "(K[0-9]+"}

    Good:
        fields:
          company: Name
          license_number: {from: Type, extract: "(K[0-9]+)"}
    """,
    ),
    refused(
        "LI205",
        "extract_group",
        """The pattern of `extract` has no group, or more than one. It needs exactly one: the part to keep.

    `(?:...)` does not count as a group.

    Bad:
        fields:
          company: Name
          license_number: {from: Type, extract: "K[0-9]+$"}

    Good:
        fields:
          company: Name
          license_number: {from: Type, extract: "(K[0-9]+)$"}
    """,
    ),
    refused(
        "LI206",
        "missing_group",
        """The new text of a `replace` refers to a group that the pattern does not have: it would be replaced by nothing.

    A group name extends as far as possible: `$1st` is the group `1st`; write `${1}st` for the first group followed by `st`.
    Write a dollar sign as `$$`.

    Bad:
        fields:
          company: {from: Name, replace: {pattern: "^(.+), THE$", with: "THE $2"}}

    Good:
        fields:
          company: {from: Name, replace: {pattern: "^(.+), THE$", with: "THE $1"}}
    """,
    ),
    refused(
        "LI210",
        "type_misfit",
        """A word that does not apply to the type of the field: for example, a minimum for a text, or a date format for a number.

    The type of a field is defined in `ddl/<table>.yaml`; a `let` value is a text unless it has a `type`.

    Bad:
        fields:
          company: Name
          capacity: {from: Places, min: few}

    Good:
        fields:
          company: Name
          capacity: {from: Places, min: 1}
    """,
    ),
    refused(
        "LI212",
        "bad_sql",
        """An SQL expression that cannot be used: invalid SQL, more than one record, or incompatible types.

    Every column is a text: use `TRY_CAST(Age AS INT) < 5` to compare numbers. `CAST` would fail at the first cell that is
    not a number, and a SELECT, an aggregate or a window function would need more than one record.

    Bad:
        fields:
          company: Name
          min_age: {from: Youngest, when: "Youngest < 5"}

    Good:
        fields:
          company: Name
          min_age: {from: Youngest, when: "TRY_CAST(Youngest AS INT) < 5"}
    """,
    ),
    refused(
        "LI304",
        "broken_extends",
        """`extends` names a missing file, a file outside the folder of the mapping, or forms a circle.

    Bad:
        # mappings/acme.yaml
        extends: _shared.yaml
        fields: {company: Name}

    Good:
        # mappings/acme.yaml
        extends: _shared.yaml
        fields: {company: Name}
        # mappings/_shared.yaml
        ignore: [Fax]
    """,
    ),
    refused(
        "LI305",
        "unknown_table",
        """`into` names a load table that is not described in the `ddl` folder.

    Bad:
        into: leads
        fields:
          company: Name

    Good:
        into: lead_sources
        fields:
          company: Name
    """,
    ),
    refused(
        "LI306",
        "broken_load_table",
        """The description of the load table, `ddl/<table>.yaml`, has an error: no mapping into it can be checked.

    Bad:
        # mappings/acme.yaml
        into: contacts
        fields: {company: Name}
        # ddl/contacts.yaml
        table: contacts
        about: Who to call
        columns:
          company: {type: txt, about: The name}

    Good:
        # mappings/acme.yaml
        into: contacts
        fields: {company: Name}
        # ddl/contacts.yaml
        table: contacts
        about: Who to call
        columns:
          company: {type: text, about: The name}
    """,
    ),
)
