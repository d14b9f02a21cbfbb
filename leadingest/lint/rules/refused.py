"""What a run refuses a mapping for, explained: the rules whose finding is a problem that reading the mapping tells."""

from typing import Final

from leadingest.lint.rule import Rule, refused

#: One for each kind of problem.
REFUSED: Final[tuple[Rule, ...]] = (
    refused(
        "LI001",
        "unreadable_file",
        """The file cannot be read: it is not there, it is not UTF-8 text, or it is too big for a mapping.

    Nothing else can be said of such a file. Values by the thousand belong in a CSV file beside the mapping,
    which `lookup` reads.
    """,
    ),
    refused(
        "LI002",
        "not_yaml",
        """The file is not YAML, or not the kind of YAML that a mapping is: keys with values.

    The place is where reading stopped; the slip is often just before it. A header with a `#` in it, a colon and a
    blank, or a sign such as `*` or `&` in front, stands in quotes.

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
        """The anchors and aliases of the file expand to more than any mapping needs, or into themselves.

    What several entries share is better written once under `let`, and what several mappings share in a file that
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
        """A key is given twice in one place. Most readers of YAML keep the last one without a word; here it is an error.

    A field that has had several headers names them in a list; a field put together from several has `join` or
    `first_of`.

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
        """A key that is no word of the mapping language, most often a misspelt one.

    `leadingest reference` prints all of them.

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
        """A word of the language where it cannot be: without the word that it goes with, or where nothing would use it.

    `part` goes with `split`; `otherwise` goes with a word that recognises values; the type of a field is given by
    the load table; a check belongs to a whole entry; a word stands among the `steps` or beside them, not both.

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
        """A value that its key cannot have: a word where a number must stand, one text where a list must stand.

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
        """A key that must be there is not: `source`, `delivery` with `match`, `fields`, or what a word needs.

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

    The fields are described in `ddl/<table>.yaml`. A value that only helps to work out others belongs under `let`.

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
        """Values under `let` read each other in a circle, so that none of them can be worked out.

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
        """A value map, or a look-up, that does not say what becomes of a value it does not list.

    Sooner or later a source sends a new one. `otherwise: invalid` blanks the field and keeps the value beside the
    lead, `reject` rejects the record, `keep` takes the value as it is, `blank` is a blank without a trace.

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
        """An entry takes its value from one of `from`, `const`, `first_of`, `join` and `sql`: not from none, not from two.

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
        """The table that values are looked up in cannot be used: no such file, no such column, one key with two values.

    The file is CSV in UTF-8 with a header, in the folder of the mapping.

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
        """A format that makes no date: an unknown directive, one given twice, or no whole day.

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

    Patterns, that of a `footer` too, are those of Rust's `regex`: no look-around, no back-references, and no
    pattern that would grow too big; in exchange every one of them runs in linear time.

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
        """The pattern of `extract` has no group, or more than one: the group is what is kept.

    `(?:...)` groups without being one.

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
        """The new text of a `replace` names a group that the pattern does not have: nothing is put there.

    A name is as long as it can be: `$1st` is the group `1st`, and `${1}st` what the first group matched. A dollar
    sign is written `$$`.

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
        """A word that does not go with the type of the field: a bound for a text, a date format for a number.

    The type of a field is in `ddl/<table>.yaml`; a `let` value is a text unless it says `type`.

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
        """An SQL expression that cannot be used: not SQL, not about one record, or of types that do not go together.

    Every header is a text: `TRY_CAST(Age AS INT) < 5` compares a number. `CAST` would stop at the first cell that
    is none, and a SELECT, an aggregate or a window would look at more than one record.

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
        """`extends` leads to no file, out of the folder of the mapping, or back to where it came from.

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
        """`into` names a load table that is not described in the folder `ddl`.

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
        """The description of the load table, `ddl/<table>.yaml`, has a fault: no mapping into it can be checked.

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
