"""Tests of leadingest.cli.commands.lint."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadingest.lint.rules import RULES
from tests.cli.made_up_project import MadeUpProject

ROOT = Path(__file__).parents[3]
TWICE = "source: ohio\ndelivery: {match: 'ohio*.csv'}\nfields: {company: Name, phone: Phone, phone2: Phone}\n"
BROKEN = "source: ohio\ndelivery: {match: 'ohio*.csv'}\nfields: {company: Name, phon: Phone}\n"
UNQUOTED = "source: ohio\r\ndelivery: {match: 'ohio*.csv'}\r\nfields: {company: Name, phone: {from: Phone, nulls: [NO]}}  # no\r\n"
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 9)
)


def test_every_mapping_of_the_project_is_looked_at(project: MadeUpProject) -> None:
    result = project.call("lint")
    assert (result.exit_code, result.stdout) == (0, "2 mappings: no findings\n")


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (BROKEN, [], 1),
        (TWICE, [], 0),
        (TWICE, ["--strict"], 1),
        (BOMB, [], 2),
    ],
)
def test_the_exit_code_tells_what_was_found(
    project: MadeUpProject, text: str, options: list[str], code: int
) -> None:
    project.write("mappings/ohio.yaml", text)
    result = project.call("lint", *options)
    assert result.exit_code == code


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"source: x\n" * 1_100_000,
            "bad.yaml:1:1 LI001 error: the file has more than 1,000,000 bytes, the limit",
        ),
        (BOMB.encode(), "bad.yaml:1:34 LI003 error: the anchors and aliases of this file expand without end"),
        (b"source: [\n", "LI002 error: not YAML: did not find expected node content"),
        (b"just words", "bad.yaml:1:1 LI002 error: expected keys and values at the top of the file"),
        (b"", "bad.yaml:1:1 LI002 error: the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00", "bad.yaml:1:1 LI001 error: byte 0 is not UTF-8"),
        (b"PK\x03\x04", "bad.yaml:1:3 LI002 error: not YAML: the character U+0003 is not allowed"),
        (b"[" * 100_000, "LI002 error: not YAML: exceeded maximum nesting depth"),
        (None, "bad.yaml:1:1 LI001 error: no such file"),
    ],
    ids=["10 MB", "bomb", "not YAML", "no keys", "empty", "binary", "control characters", "nested", "gone"],
)
def test_what_is_no_mapping_at_all_ends_in_words_and_two(
    project: MadeUpProject, content: bytes | None, message: str
) -> None:
    if content is not None:
        (project.folder / "bad.yaml").write_bytes(content)
    result = project.call("lint", "bad.yaml", "mappings")
    assert result.exit_code == 2
    assert message in result.stdout
    assert "3 mappings: 1 error" in result.stdout
    assert "Traceback" not in result.output


def test_a_folder_without_mappings_is_wrong_usage(project: MadeUpProject) -> None:
    (project.folder / "empty").mkdir()
    result = project.call("lint", "empty")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: no mapping in empty\n")


def test_a_project_without_mappings_has_nothing_to_look_at(project: MadeUpProject) -> None:
    for name in ("nevada", "utah"):
        (project.folder / f"mappings/{name}.yaml").unlink()
    assert project.call("lint").exit_code == 3


def test_a_source_can_be_named(project: MadeUpProject) -> None:
    project.write("mappings/ohio.yaml", BROKEN)
    assert project.call("lint", "--source", "utah").stdout == "1 mapping: no findings\n"
    result = project.call("lint", "--source", "utha")
    assert result.exit_code == 2
    assert "did you mean 'utah'?" in result.stderr


def test_fix_changes_the_file_and_leaves_all_else_as_it_is(project: MadeUpProject) -> None:
    path = project.folder / "mappings/ohio.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + UNQUOTED.encode())
    result = project.call("lint", "--fix", "mappings/ohio.yaml")
    assert (result.exit_code, result.stdout) == (0, ("1 finding fixed\n1 mapping: no findings\n"))
    assert path.read_bytes() == b"\xef\xbb\xbf" + UNQUOTED.replace("[NO]", '["NO"]').encode()


def test_diff_shows_what_fix_would_change_and_changes_nothing(project: MadeUpProject) -> None:
    text = UNQUOTED.replace("\r", "")
    path = project.write("mappings/ohio.yaml", text)
    result = project.call("lint", "--diff")
    assert result.exit_code == 1
    assert result.stdout == (
        "--- mappings/ohio.yaml\n"
        "+++ mappings/ohio.yaml\n"
        "@@ -1,3 +1,3 @@\n"
        " source: ohio\n"
        " delivery: {match: 'ohio*.csv'}\n"
        "-fields: {company: Name, phone: {from: Phone, nulls: [NO]}}  # no\n"
        '+fields: {company: Name, phone: {from: Phone, nulls: ["NO"]}}  # no\n'
    )
    assert path.read_text(encoding="utf-8") == text


def test_a_diff_of_nothing_says_so_beside_the_output(project: MadeUpProject) -> None:
    project.write("mappings/ohio.yaml", TWICE)
    result = project.call("lint", "--diff")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "--fix would change nothing\n"


@pytest.mark.parametrize("code", ["LI107", "li107", "outside_vocabulary"])
def test_a_code_is_explained(project: MadeUpProject, code: str) -> None:
    result = project.call("lint", "--explain", code)
    assert result.exit_code == 0
    assert result.stdout.startswith("# LI107 outside_vocabulary\n\n*error*\n\n")
    assert "values: {Open: actve}" in result.stdout


def test_an_unknown_code_is_wrong_usage_with_the_nearest(project: MadeUpProject) -> None:
    result = project.call("lint", "--explain", "LI1077")
    assert result.exit_code == 2
    assert "unknown rule 'LI1077'; did you mean LI107?" in result.stderr


def test_a_format_for_programs_is_printed_whatever_was_found(project: MadeUpProject) -> None:
    project.write("mappings/ohio.yaml", BROKEN)
    result = project.call("lint", "--format", "json")
    assert result.exit_code == 1
    assert [each["code"] for each in json.loads(result.stdout)["findings"]] == ["LI101"]


def test_a_sample_chooses_its_mapping_by_its_name_and_is_compared_with_it(project: MadeUpProject) -> None:
    project.write("utah_new.csv", "Provider,Phone,Town\nRed Rock Kids,801-200-3000,Moab\n")
    result = project.call("lint", "--sample", "utah_new.csv", "--format", "concise")
    assert (result.exit_code, result.stdout) == (
        1,
        "mappings/utah.yaml:3:29 LI501 error: utah_new.csv has no header 'Telephone'; "
        "was it renamed to 'Phone'?\n"
        "mappings/utah.yaml:4:1 LI502 warning: utah_new.csv has headers that are neither read nor ignored: 'Phone'\n",
    )


def test_the_newest_deliveries_are_compared_where_there_are_some(project: MadeUpProject) -> None:
    (project.folder / "inbox/utah.csv").unlink()
    result = project.call("lint", "--newest")
    assert (result.exit_code, result.stdout) == (
        0,
        "2 mappings: no findings\nno delivery to compare with: utah\n",
    )
    (project.folder / "inbox/nevada.csv").unlink()
    assert project.call("lint", "--newest").exit_code == 3


@pytest.mark.parametrize(
    "words",
    [
        ("--sample", "inbox/utah.csv", "--newest"),
        ("--sample", "inbox/utah.csv", "mappings"),
        ("--source", "utah", "mappings/nevada.yaml"),
    ],
)
def test_a_request_that_contradicts_itself_is_wrong_usage(
    project: MadeUpProject, words: tuple[str, ...]
) -> None:
    assert project.call("lint", *words).exit_code == 2


def test_all_rules_are_printed(project: MadeUpProject) -> None:
    printed = project.call("lint", "--rules").stdout
    assert all(f"### {rule.code} {rule.name}\n" in printed for rule in RULES)
