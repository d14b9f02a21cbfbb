"""Tests of leadingest.drafting.file_pattern."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leadingest.drafting.file_pattern import escaped, example_of_both, file_patterns


@pytest.mark.parametrize(
    ("file", "patterns"),
    [
        ("acme_2026-03.csv", ["acme*.csv"]),
        ("acme.csv.gz", ["acme*.csv.gz"]),
        ("Provider List March 2026.xlsx", ["acme*.xlsx", "Provider List [JFMASONDjfmasond]*[0-9]*.xlsx"]),
        ("2026-03-01.csv", ["acme*.csv", "acme/*.csv"]),
        ("homes_2026-03.csv", ["acme*.csv", "homes_[0-9]*.csv"]),
        ("2026-03-01_homes.csv", ["acme*.csv", "[0-9]*_homes.csv"]),
        ("list[1].csv", ["acme*.csv", "list*.csv"]),
        ("a[b]c.csv", ["acme*.csv", "a[[]b]c*.csv"]),
        ("providers", ["acme*", "providers*"]),
    ],
)
def test_later_deliveries_are_told_by_what_does_not_change(file: str, patterns: list[str]) -> None:
    assert file_patterns("acme", file) == patterns


@pytest.mark.parametrize(
    ("file", "following", "neighbor"),
    [
        ("homes_2026-03.csv", "homes_2026-04.csv", "homes_closed_2026-03.csv"),
        ("2026-03-01_homes.csv", "2026-04-01_homes.csv", "2026-03-01_centers.csv"),
        (
            "Provider List March 2026.xlsx",
            "Provider List May 2027.xlsx",
            "Provider List Homes March 2026.xlsx",
        ),
    ],
)
def test_the_next_file_is_taken_and_that_of_a_neighbor_is_not(
    file: str, following: str, neighbor: str
) -> None:
    *_, pattern = file_patterns("acme", file)
    assert fnmatchcase(file, pattern)
    assert fnmatchcase(following, pattern)
    assert not fnmatchcase(neighbor, pattern)


def test_no_file_is_a_delivery_of_two_sources() -> None:
    assert file_patterns("acme", "list_2026.csv", ["acme_homes*.csv"]) == ["list_[0-9]*.csv"]
    assert file_patterns("acme", "acme.csv", ["acme_homes*.csv"]) == ["acme/*.csv"]


@given(st.text(st.characters(exclude_characters="/\0"), min_size=1))
def test_an_escaped_name_takes_itself_alone(name: str) -> None:
    assert fnmatchcase(name, escaped(name))
    assert not fnmatchcase(f"{name}x", escaped(name))


@pytest.mark.parametrize(
    ("one", "other", "example"),
    [
        ("acme*.csv", "acme*.csv", "acme.csv"),
        ("source1*.csv", "source10*.csv", "source10.csv"),
        ("source1_*.csv", "source10_*.csv", None),
        ("*.csv", "*.xlsx", None),
        ("acme/*.csv", "acme*.csv", None),
        ("**/*.csv", "acme/x*.csv", "acme/x.csv"),
        ("**/*.csv", "*.csv", ".csv"),
        ("a?c.csv", "a[bd]c.csv", "abc.csv"),
        ("a[!b]c", "abc", None),
        ("a[0-3]", "a[3-9]", "a3"),
        ("*a", "b*", "ba"),
        ("*", "*", "x"),
        ("acme/*", "**/*", "acme/x"),
        ("*/b/a", "*/**/*", "x/b/a"),
    ],
)
def test_two_globs_share_a_file_or_not(one: str, other: str, example: str | None) -> None:
    assert example_of_both(one, other) == example
    assert (example_of_both(other, one) is None) == (example is None)


TOKENS = st.lists(st.sampled_from(["a", "b", "*", "?", "[ab]", "[!a]"]), min_size=1, max_size=4).map("".join)
NAMES = TOKENS.map(lambda name: re.sub(r"\*+", "*", name))
FOLDERS = st.lists(st.one_of(NAMES, st.just("**")), max_size=2)
GLOBS = st.builds(lambda folders, name: "/".join([*folders, name]), FOLDERS, NAMES)


@given(GLOBS, GLOBS)
def test_the_file_that_is_named_is_one_that_pathlib_finds_with_both(one: str, other: str) -> None:
    file = example_of_both(one, other)
    assume(file)
    assert not Path(str(file)).is_absolute()
    with TemporaryDirectory() as folder:
        path = Path(folder, str(file))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        assert path in Path(folder).glob(one)
        assert path in Path(folder).glob(other)


@given(GLOBS)
def test_every_glob_shares_a_file_with_itself(glob: str) -> None:
    assert example_of_both(glob, glob) is not None
