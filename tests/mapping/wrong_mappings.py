"""Mappings that cannot be used, with what is said of them: for all who read mappings, the JSON Schema too."""

from __future__ import annotations

#: The least that a mapping says.
HEAD = 'source: acme\ndelivery: {match: "acme*.csv"}\nfields:\n  company: Name\n'

#: One line under `fields`, as the fifth line of the mapping, and a part of the complaint.
WRONG_ENTRIES = [
    ("phon: Phone", "5:3: the load table lead_sources has no field 'phon'; did you mean 'phone'?"),
    ("phone: {form: Phone}", "5:11: unknown key 'form'; did you mean 'from'?"),
    (
        "phone: {case: upper}",
        "5:3: the entry has no value: give it one of from, const, first_of, last_of, join, flags, days or sql",
    ),
    (
        "phone: {from: Phone, const: x}",
        "5:24: from and const cannot be combined: use one of them",
    ),
    ("city: {from: City, part: 2}", "5:22: part requires split, which is missing"),
    (
        "city: {from: City, case: tilte}",
        "5:22: case must be one of title, name, upper, lower, not 'tilte'; did you mean 'title'?",
    ),
    (
        "city: {from: City, values: {A: B}}",
        "5:22: otherwise must be given: what to do with a value that is not listed",
    ),
    (
        "city: {from: City, values: {A: B}, otherwise: drop}",
        "5:38: otherwise must be one of invalid, stop, reject, blank, keep, not 'drop'",
    ),
    (
        "city: {from: City, extract: 'x'}",
        "5:22: extract must have one group, (...), around the part to keep; it has 0",
    ),
    (
        "city: {from: City, extract: '(x'}",
        "5:22: extract must be a regular expression: at character 1, a ( is not closed",
    ),
    ("city: {from: City, formats: ['%Y']}", "5:22: formats is for date or datetime; this is text"),
    ("license_issued: {from: Date, formats: ['%q']}", "5:42: formats"),
    ("phone: {from: Phone, type: text}", "5:24: the load table defines the type: phone"),
    ("min_age: {sql: 'max(Age)'}", "5:13: sql must not use MAX: it needs several records"),
    ("min_age: {sql: 'Age +'}", "5:13: sql ends too early: a value is missing"),
    (
        "min_age: {sql: \"(SELECT x FROM read_csv('f'))\"}",
        "5:13: sql must not use SELECT: it reads data outside",
    ),
    ("min_age: {sql: 'Age + 1'}", "5:13: sql cannot be computed: "),
    (
        "min_age: {from: Age, when: 'Age = 1'}",
        "5:24: when cannot be computed: Age = 1 takes a text and a number",
    ),
    (
        "min_age: {from: Age, when: Age}",
        "5:24: when must be a condition, such as x = 'Y', not a value (Age)",
    ),
    ("min_age: {from: Age, when: 'Age ='}", "5:24: when ends too early"),
    ("min_age: {from: Age, min: one}", "5:24: min must be a number, not 'one'"),
    ("city: {from: City, min: 1}", "5:22: min is for numbers and dates"),
    ("min_age: {from: Age, pattern: x}", "5:24: pattern is for texts"),
    (
        "min_age: {from: Age, on_invalid: drop}",
        "5:24: on_invalid must be blank, reject or hold, not 'drop'",
    ),
    ("city: {from: City, optional: maybe}", "5:22: optional must be true or false"),
    (
        "city: {join: [City, {from: Zip, required: true}]}",
        "5:35: required belongs to the whole entry, not to a part of it",
    ),
    ("city: {join: [City, {const: x, case: uper}]}", "5:34: case must be one of"),
    (
        "city: {from: City, steps: [{spilt: x}]}",
        "5:30: a step is one word with the keys that belong to it; did you mean 'split'?",
    ),
    (
        "city: {from: City, case: upper, steps: [{case: lower}]}",
        "5:22: case must be one of the steps, or used without steps",
    ),
    ("city: {from: []}", "5:10: from must not be empty"),
    ("city: {first_of: City}", "5:10: first_of must be a list"),
    (
        "city: {from: City, replace: {pattern: '(', with: x}}",
        "must be a regular expression: at character 1, a ( is not closed",
    ),
]

#: The whole mapping, and a part of the complaint.
WRONG_MAPPINGS = [
    (HEAD.replace("source: acme\n", ""), "1:1: source must be given as a text"),
    (
        HEAD.replace("delivery", "delivry"),
        "2:1: unknown key 'delivry'; did you mean 'delivery'?",
    ),
    (HEAD.replace('match: "acme*.csv"', "sheet: x"), "delivery must at least name the files"),
    (HEAD.replace("match:", "mach:"), "delivery must at least name the files"),
    (
        HEAD.replace("}", ", delimeter: x}"),
        "2:32: delimeter is not a known key; did you mean 'delimiter'?",
    ),
    (HEAD + "expect: {every: fortnight}\n", "5:10: every must be day, week, month, quarter or year"),
    (HEAD + "expect: {evry: week}\n", "5:10: evry is not a known key; did you mean 'every'?"),
    (HEAD + "expect: week\n", "5:9: expect must be names with their values"),
    (HEAD.replace("}", ", encoding: utf-99}"), "2:32: encoding must be the name of an encoding"),
    (HEAD.replace("company: Name", "city: City"), "4:3: the load table lead_sources requires company"),
    ("into: leads\n" + HEAD, "1:7: into: no load table 'leads'"),
    (HEAD + "on_invalid: drop\n", "5:1: on_invalid must be blank, reject or hold, not 'drop'"),
    (HEAD + "where: Kind\n", "5:1: where must be a condition"),
    (HEAD + "let: {n: {from: Age, type: integer}, m: {sql: n = 'x'}}\n", "sql cannot be computed: "),
    (HEAD + "where: 'Kind ='\n", "5:1: where ends too early"),
    (HEAD + "let: {a: {from: b}, b: {from: a}}\n", "let values depend on each other in a circle: "),
    (
        HEAD + "let: {n: {from: Age, required: true}}\n",
        "required is only for fields: a let value is not part of the lead",
    ),
    (HEAD + "let: {n: {from: Age, unique: true}}\n", "unique is only for fields"),
    (HEAD + "let: {n: {from: Age, type: intger}}\n", "unknown type 'intger'; did you mean 'integer'?"),
    (HEAD + "ignore: {a: b}\n", "ignore must be a list of headers"),
    (
        HEAD + "key: licence_number\n",
        "5:6: the load table lead_sources has no field 'licence_number'; did you mean",
    ),
    (HEAD + "aliases: {Name: {a: b}}\n", "5:17: the aliases of 'Name' must be headers"),
    (HEAD + "aliases: Name\n", "5:10: aliases must be names with their values"),
    (
        HEAD + "aliases: {Name: Company}\nlet: {n: Company}\n",
        "5:17: the mapping reads 'Company' itself: name the column 'Name' everywhere",
    ),
    (
        HEAD + "aliases: {Name: Company, Kind: [Type, Company]}\n",
        "5:39: 'Company' is also an alias of 'Name': a header belongs to one column",
    ),
    (
        HEAD + "aliases: {n: Company}\nlet: {n: Kind}\n",
        "5:11: 'n' is a let value, not a header: give the headers in its entry, as a list",
    ),
    (
        HEAD.replace("}", ", repeat: {Contact: [Name, Name 2], Role: [Role 1, Role 2]}}"),
        "4:3: `repeat` makes 'Contact' of 'Name': read that instead",
    ),
    (
        HEAD.replace("}", ", repeat: {C: [C 1, C 2]}}") + "aliases: {Name: C 2}\n",
        "5:17: the mapping reads 'C 2' itself",
    ),
    (
        HEAD + "keep: {latest: compny, per: company}\n",
        "5:8: latest uses 'compny', which is neither a field that the mapping fills nor a let value; did you mean",
    ),
    (
        HEAD + "let: {y: Year}\nkeep: {latest: y, per: [company, y]}\n",
        "6:8: latest and per cannot both have 'y'",
    ),
    (HEAD + "keep: {latest: [], per: company}\n", "5:8: latest must be a field or a let value"),
    (HEAD + "keep: {latest: company}\n", "per must be given: the field or `let` value"),
    (HEAD + "key: [company, phone]\n", "5:16: key uses 'phone', which the mapping does not fill"),
    (HEAD + "key: []\n", "5:6: key must be the fields that identify a lead"),
    (HEAD + "  company: Other\n", "5:3: 'company' is already given at line 4"),
    (HEAD + "extends: base.yaml\n", "5:10: extends 'base.yaml': no such file in the same folder"),
    (HEAD + "extends: ../base.yaml\n", "extends '../base.yaml' leads out of the folder of the mapping"),
    (HEAD + "extends: acme.yaml\n", "extends 'acme.yaml' leads back to itself"),
]

#: Those of the above that only the program can tell: what an SQL or a regular expression means, what stands in
#: other files or elsewhere in this one, names that Python knows, a key given twice, values that go in a circle, and a file without a
#: source, which may be there for others to extend.
BEYOND_A_SCHEMA = frozenset(
    {
        "city: {from: City, extract: 'x'}",
        "city: {from: City, extract: '(x'}",
        "city: {from: City, replace: {pattern: '(', with: x}}",
        "min_age: {sql: 'max(Age)'}",
        "min_age: {sql: 'Age +'}",
        "min_age: {sql: \"(SELECT x FROM read_csv('f'))\"}",
        "min_age: {sql: 'Age + 1'}",
        "min_age: {from: Age, when: 'Age = 1'}",
        "min_age: {from: Age, when: Age}",
        "min_age: {from: Age, when: 'Age ='}",
        "min_age: {from: Age, min: one}",
        HEAD + "key: [company, phone]\n",
        HEAD.replace("}", ", repeat: {Contact: [Name, Name 2], Role: [Role 1, Role 2]}}"),
        HEAD.replace("}", ", repeat: {C: [C 1, C 2]}}") + "aliases: {Name: C 2}\n",
        HEAD + "keep: {latest: compny, per: company}\n",
        HEAD + "let: {y: Year}\nkeep: {latest: y, per: [company, y]}\n",
        HEAD + "aliases: {Name: Company}\nlet: {n: Company}\n",
        HEAD + "aliases: {Name: Company, Kind: [Type, Company]}\n",
        HEAD + "aliases: {n: Company}\nlet: {n: Kind}\n",
        HEAD + "where: Kind\n",
        HEAD + "where: 'Kind ='\n",
        HEAD + "let: {n: {from: Age, type: integer}, m: {sql: n = 'x'}}\n",
        HEAD + "let: {a: {from: b}, b: {from: a}}\n",
        HEAD + "  company: Other\n",
        HEAD + "extends: base.yaml\n",
        HEAD + "extends: ../base.yaml\n",
        HEAD + "extends: acme.yaml\n",
        HEAD.replace("}", ", encoding: utf-99}"),
        HEAD.replace("source: acme\n", ""),
    }
)
