"""Tests of leadingest.drafting.delivery.globs."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leadingest.drafting.delivery.globs import example_of_both


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
