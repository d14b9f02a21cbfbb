"""What the page says it costs is what it computes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs/aws.md").read_text(encoding="utf-8")
_LINE = re.compile(r"^\| (.+?) \| `([\d.* ]+)` \| ([\d.]+) \|$", re.MULTILINE)


def product(factors: str) -> float:
    result = 1.0
    for each in factors.split("*"):
        result *= float(each)
    return result


@pytest.mark.parametrize(("what", "factors", "dollars"), _LINE.findall(PAGE))
def test_each_line_is_computed_as_it_says(what: str, factors: str, dollars: str) -> None:
    assert f"{product(factors):.2f}" == dollars, what


def test_together_they_are_the_total() -> None:
    lines = _LINE.findall(PAGE)
    [total] = re.findall(r"\| \*\*together\*\* \| \| \*\*([\d.]+)\*\* \|", PAGE)
    assert len(lines) >= 5
    assert f"{sum(float(dollars) for *_, dollars in lines):.2f}" == total
