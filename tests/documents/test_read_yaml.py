"""Tests of leadingest.documents.read_yaml."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from leadingest.documents.read_yaml import MOST_BYTES, parse_document, parse_yaml, read_yaml
from leadingest.documents.yaml_document import Plain, plain, walk
from leadingest.errors import ConfigurationError, DefinitionError


@pytest.mark.parametrize("text", ["NO", "off", "01234", "12:30", "1.10", "0x1F", "2024-01-01", "1e5", "yes"])
def test_scalars_stay_the_text_that_was_written(text: str) -> None:
    assert plain(parse_yaml(f"{text}: {text}", "m.yaml")) == {text: text}


@pytest.mark.parametrize("nothing", ["", "null", "~", "NULL"])
def test_a_bare_null_is_no_value(nothing: str) -> None:
    assert plain(parse_yaml(f"a: {nothing}", "m.yaml")) == {"a": None}


@pytest.mark.parametrize("text", ["", "null", "~"])
def test_a_quoted_null_is_a_text(text: str) -> None:
    assert plain(parse_yaml(f"a: '{text}'", "m.yaml")) == {"a": text}


def test_a_key_given_twice_is_an_error_that_names_both_lines() -> None:
    with pytest.raises(DefinitionError, match=r"m\.yaml:3:1: 'phone' is already given at line 1"):
        parse_yaml("phone: A\nemail: B\nphone: C\n", "m.yaml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "m.yaml:1:1: the file is empty"),
        ("# only a remark\n", "m.yaml:1:1: the file is empty"),
        ("- a\n- b\n", "m.yaml:1:1: expected keys and values at the top of the file"),
        ("a: [1, 2\nb: 3\n", "m.yaml:2:2: not YAML"),
        ("a: {b: c}: d", "not YAML"),
        ("? [a, b]\n: c\n", "m.yaml:1:3: a key must be a single word or text"),
        ("a: b\nc: \x00\x01", "m.yaml:2:4: not YAML: the character U+0000 is not allowed"),
        ("a: [Operation, Operation #]\nb: c\n", "m.yaml:1:26: not YAML: everything after # is a comment"),
        ("[" * 5000, "m.yaml:1:1001: not YAML: exceeded maximum nesting depth"),
        ("a: " + "[" * 150 + "]" * 150, "m.yaml:1:103: YAML nested too deeply"),
    ],
)
def test_what_is_no_table_of_keys_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(DefinitionError) as error:
        parse_yaml(text, "m.yaml")
    assert message in str(error.value)


def test_aliases_that_expand_without_end_are_refused() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 9)
    )
    with pytest.raises(DefinitionError, match="expand without end"):
        parse_yaml(bomb, "m.yaml")


@pytest.mark.parametrize(
    "bomb",
    [
        f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 100)}]\n",
        f"a: &a {{? {'x' * 100_000}\n: 1}}\nb: [{', '.join(['*a'] * 100)}]\n",
    ],
    ids=["values", "keys"],
)
def test_a_few_aliases_of_a_long_text_are_refused_as_well(bomb: str) -> None:
    with pytest.raises(DefinitionError, match="expand without end"):
        parse_yaml(bomb, "m.yaml")


def test_a_file_without_aliases_may_be_as_long_as_a_file_may_be() -> None:
    text = "a: " + "x" * (MOST_BYTES - 3)
    assert len(parse_yaml(text, "m.yaml").entries) == 1


def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(ConfigurationError, match=r"pipe\.yaml: this is a named pipe, not a file"):
        read_yaml(tmp_path / "pipe.yaml")


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"gone\.yaml: no such file"):
        read_yaml(tmp_path / "gone.yaml")


def test_a_file_of_ten_megabytes_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_text("source: x\n" * 1_000_000, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"m\.yaml: the file has more than 1,000,000 bytes"):
        read_yaml(file, shown_as="m.yaml")


def test_a_document_knows_every_text_as_it_was_written() -> None:
    text = "a: 'b'\r\n# remark\r\nc: [é, \"f\"]\r\na: again\r\n"
    document = parse_document(text, "m.yaml")
    assert [(each.text, text[each.start : each.end], each.plain) for each in document.written] == [
        ("a", "a", True),
        ("b", "'b'", False),
        ("c", "c", True),
        ("é", "é", True),
        ("f", '"f"', False),
        ("a", "a", True),
        ("again", "again", True),
    ]
    assert [problem.kind for problem in document.problems] == ["duplicate_key"]
    assert plain(document.root) == {"a": "b", "c": ["é", "f"]}


def test_a_file_that_is_not_utf8_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_bytes(b"about: caf\xe9\n")
    with pytest.raises(ConfigurationError, match=r"m\.yaml: byte 10 is not UTF-8"):
        read_yaml(file, shown_as="m.yaml")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_bytes(b"\xef\xbb\xbfsource: x\n")
    assert plain(read_yaml(file)) == {"source": "x"}


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
DOCUMENTS = st.dictionaries(
    TEXTS,
    st.recursive(TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=10),
    min_size=1,
)


@given(DOCUMENTS)
def test_any_document_of_texts_comes_back_as_it_was(document: dict[str, Plain]) -> None:
    written = yaml.dump(document, default_style='"', allow_unicode=True, width=10_000)
    read = parse_yaml(written, "m.yaml")
    assert plain(read) == document
    assert all(node.position.line >= 1 and node.position.column >= 1 for node in walk(read))
