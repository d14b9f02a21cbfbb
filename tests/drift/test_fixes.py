"""Every fix: what it writes, what it leaves as it is, and that the mapping says so afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.drift.fixes import AddAlias, AddAliasForAll, AddFormat, AddKey, Fix, Utf8First
from leadingest.drift.kind import Difference, DriftDetail
from leadingest.drift.source_drift import fixed_mapping
from leadingest.mapping.read_mapping import examine_mapping, read_mapping
from tests.drift.made_up_drift import DDL

HEAD = 'source: acme\ndelivery: {match: "*.csv"}\nfields:\n  company: Name\n'


def fixed(folder: Path, fields: str, fix: Fix) -> str:
    """The fields with the fix in them; the mapping is sound before and after."""
    path = folder / "acme.yaml"
    path.write_bytes((HEAD + fields).encode())
    reading = examine_mapping(path, ddl=DDL)
    assert reading.problems == ()
    difference = Difference("DR102", "x", "missing", DriftDetail("breaking", "", "", "", "", fixes=(fix,)))
    texts = list(fixed_mapping(reading, [difference]))
    if not texts:
        return fields
    path.write_bytes(texts[0].text.encode())
    read_mapping(path, ddl=DDL)
    return texts[0].text.removeprefix(HEAD)


def alias(*paths: tuple[str | int, ...]) -> AddAlias:
    """`Phone#` as a further header of the phone."""
    return AddAlias(paths or (("fields", "phone"),), "Phone#")


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ("  phone: Phone  # call it\n", '  phone: [Phone, "Phone#"]  # call it\n'),
        ("  phone: 'A, B'\n", "  phone: ['A, B', \"Phone#\"]\n"),
        ("  phone: A, B\n", '  phone: ["A, B", "Phone#"]\n'),
        ("  phone: [Phone, Tel ]\n", '  phone: [Phone, Tel, "Phone#" ]\n'),
        ("  phone: {from: Phone, region: US}\n", '  phone: {from: [Phone, "Phone#"], region: US}\n'),
        (
            "  phone:\n    from:\n      - Phone  # now\n      - Tel  # then\n    region: US\n",
            '  phone:\n    from:\n      - Phone  # now\n      - Tel  # then\n      - "Phone#"\n    region: US\n',
        ),
        ("  phone:\n  - Phone\n  city: City\n", '  phone:\n  - Phone\n  - "Phone#"\n  city: City\n'),
        (
            "  phone:\r\n  - Phone\r\n  city: City\r\n",
            '  phone:\r\n  - Phone\r\n  - "Phone#"\r\n  city: City\r\n',
        ),
        ("  phone:\n  - Phone", '  phone:\n  - Phone\n  - "Phone#"'),
        ("  phone:\n    from: Phone\n", '  phone:\n    from: [Phone, "Phone#"]\n'),
    ],
)
def test_an_alias_stands_beside_the_headers_there_are(fields: str, after: str, tmp_path: Path) -> None:
    assert fixed(tmp_path, fields, alias()) == after


def test_an_alias_is_written_at_every_place_that_reads_the_column(tmp_path: Path) -> None:
    fields = "  phone: {join: [Phone, {from: Ext, prefix: x}]}\n  phone2: {first_of: [{from: Phone}, Fax]}\n"
    fix = alias(("fields", "phone", "join", 0), ("fields", "phone2", "first_of", 0))
    assert fixed(tmp_path, fields, fix) == (
        '  phone: {join: [[Phone, "Phone#"], {from: Ext, prefix: x}]}\n'
        '  phone2: {first_of: [{from: [Phone, "Phone#"]}, Fax]}\n'
    )


def test_what_stands_elsewhere_too_is_left_alone(tmp_path: Path) -> None:
    fields = "  phone: &tel Phone\n  phone2: *tel\n"
    assert fixed(tmp_path, fields, alias()) == fields


@pytest.mark.parametrize(
    ("values", "after"),
    [
        ("{Open: active}  # all\n", "{Open: active, OPEN: active}  # all\n"),
        ("{Open: active, }\n", "{Open: active, OPEN: active, }\n"),
        ('{Open: active, None: ""}\n', '{Open: active, None: "", OPEN: active}\n'),
        ("\n      Open: active  # open\n", "\n      Open: active  # open\n      OPEN: active\n"),
    ],
)
def test_a_key_stands_behind_the_others(values: str, after: str, tmp_path: Path) -> None:
    entry = "  license_status:\n    from: Status\n    otherwise: invalid\n    values: "
    fix = AddKey(("fields", "license_status", "values"), "OPEN", "active")
    assert fixed(tmp_path, entry + values, fix) == entry + after


def test_a_key_that_yaml_would_read_otherwise_is_in_quotes(tmp_path: Path) -> None:
    fields = "  license_status: {from: Status, values: {Open: active}, otherwise: invalid}\n"
    fix = AddKey(("fields", "license_status", "values"), "open: #1, 'so'", "active")
    assert """{Open: active, "open: #1, 'so'": active}""" in fixed(tmp_path, fields, fix)


@pytest.mark.parametrize(
    ("entry", "after"),
    [
        ("Issued\n", '{from: Issued, formats: ["%Y-%m-%d", "%m/%d/%y"]}\n'),
        ("[Issued, Since]\n", '{from: [Issued, Since], formats: ["%Y-%m-%d", "%m/%d/%y"]}\n'),
        ("{from: Issued}  # new\n", '{from: Issued, formats: ["%Y-%m-%d", "%m/%d/%y"]}  # new\n'),
        ('{from: Issued, formats: "%Y-%m-%d"}\n', '{from: Issued, formats: ["%Y-%m-%d", "%m/%d/%y"]}\n'),
        ('{from: Issued, formats: ["%Y-%m-%d"]}\n', '{from: Issued, formats: ["%Y-%m-%d", "%m/%d/%y"]}\n'),
        ("\n    from: Issued\n", '\n    from: Issued\n    formats: ["%Y-%m-%d", "%m/%d/%y"]\n'),
        ("\n  - Issued\n", "\n  - Issued\n"),
    ],
)
def test_a_format_stands_behind_those_there_are(entry: str, after: str, tmp_path: Path) -> None:
    fix = AddFormat(("fields", "license_issued"), ("%Y-%m-%d",), "%m/%d/%y")
    assert fixed(tmp_path, f"  license_issued: {entry}", fix) == f"  license_issued: {after}"


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ('{match: "*.csv", encoding: cp1252}  # old', '{match: "*.csv", encoding: [utf-8, cp1252]}  # old'),
        ('{match: "*.csv", encoding: ["latin-1" ]}', '{match: "*.csv", encoding: [utf-8, "latin-1" ]}'),
        ("{encoding: [cp1252, latin-1, UTF8], match: x}", "{encoding: [UTF8, latin-1, cp1252], match: x}"),
        (
            "\n  match: x\n  encoding:\n  - cp1252  # all\n  - latin-1",
            "\n  match: x\n  encoding:\n  - utf-8\n  - cp1252  # all\n  - latin-1",
        ),
        ("\n  encoding: 'cp1252'\r\n  match: x", "\n  encoding: [utf-8, 'cp1252']\r\n  match: x"),
        ("\n  encoding: &old cp1252\n  match: *old", "\n  encoding: &old cp1252\n  match: *old"),
    ],
)
def test_utf8_stands_before_the_encodings_there_are(written: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_bytes(HEAD.replace('{match: "*.csv"}', written).encode())
    reading = examine_mapping(path, ddl=DDL)
    assert reading.problems == ()
    difference = Difference("DR302", "x", "file", DriftDetail("lossy", "", "", "", "", fixes=(Utf8First(),)))
    for text in fixed_mapping(reading, [difference]):
        path.write_bytes(text.text.encode())
    assert path.read_bytes().decode() == HEAD.replace('{match: "*.csv"}', after)
    assert read_mapping(path, ddl=DDL).delivery.encoding[0] == ("cp1252" if "&" in after else "utf-8")


def test_what_a_mapping_takes_over_is_fixed_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "_base.yaml").write_text("fields:\n  phone: Phone  # of all\n", encoding="utf-8")
    path = tmp_path / "acme.yaml"
    path.write_text(f"extends: _base.yaml\n{HEAD}", encoding="utf-8")
    reading = examine_mapping(path, ddl=DDL)
    difference = Difference(
        "DR102", "x", "missing", DriftDetail("breaking", "", "", "", "", fixes=(alias(),))
    )
    (text,) = fixed_mapping(reading, [difference])
    assert (Path(text.document.name).name, text.changes) == ("_base.yaml", 1)
    assert text.text == 'fields:\n  phone: [Phone, "Phone#"]  # of all\n'


TITLE = "  title: {const: Owner, when: \"Status = 'Open' AND Kind = 'x'\"}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'aliases: {Status: "Status#"}\n'),
        ("aliases: {Status: State}\n", 'aliases: {Status: [State, "Status#"]}\n'),
        ("aliases: {Status: [State, Stat]}\n", 'aliases: {Status: [State, Stat, "Status#"]}\n'),
        ("aliases: {Kind: Type}\n", 'aliases: {Kind: Type, Status: "Status#"}\n'),
        ("aliases:\n  Kind: Type  # once\n", 'aliases:\n  Kind: Type  # once\n  Status: "Status#"\n'),
        (
            "aliases:\n  Status:\n  - State\n  Kind: Type\n",
            'aliases:\n  Status:\n  - State\n  - "Status#"\n  Kind: Type\n',
        ),
    ],
)
def test_an_alias_for_all_stands_above_the_entries(before: str, after: str, tmp_path: Path) -> None:
    head, fields = HEAD.split("fields:")
    path = tmp_path / "acme.yaml"
    fixes = (AddAliasForAll("Status", "Status#"),)
    path.write_text(f"{head}{before}fields:{fields}{TITLE}")
    reading = examine_mapping(path, ddl=DDL)
    assert reading.problems == ()
    difference = Difference("DR102", "x", "missing", DriftDetail("breaking", "", "", "", "", fixes=fixes))
    (made,) = fixed_mapping(reading, [difference])
    assert made.text == f"{head}{after}fields:{fields}{TITLE}"
    path.write_text(made.text)
    assert "Status#" in read_mapping(path, ddl=DDL).aliases["Status"]


def test_of_two_first_aliases_one_waits_for_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(HEAD + TITLE)
    for expected in (1, 2):
        fixes = (AddAliasForAll("Status", "State"), AddAliasForAll("Kind", "Type"))[expected - 1 :]
        difference = Difference("DR102", "x", "missing", DriftDetail("breaking", "", "", "", "", fixes=fixes))
        (made,) = fixed_mapping(examine_mapping(path, ddl=DDL), [difference])
        path.write_text(made.text)
        assert len(read_mapping(path, ddl=DDL).aliases) == expected
