"""Tests of leadingest.cli.commands.reference."""

from leadingest.mapping.reference import reference_text
from tests.cli.made_up_project import MadeUpProject


def test_the_whole_reference_is_printed(project: MadeUpProject) -> None:
    result = project.call("reference")
    assert (result.exit_code, result.stdout) == (0, reference_text())


def test_one_word_is_printed(project: MadeUpProject) -> None:
    assert project.call("reference", "split").stdout == reference_text("split")


def test_an_unknown_word_ends_with_two(project: MadeUpProject) -> None:
    result = project.call("reference", "splitt")
    assert result.exit_code == 2
    assert "split" in result.stderr
