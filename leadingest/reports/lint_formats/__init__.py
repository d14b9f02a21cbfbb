"""The formats in which lint tells what it found. `FORMATS` registers them: each is a file and a function of its name."""

from importlib import import_module
from typing import Final

from leadingest.lint.finding import LintResult

FORMATS: Final = ("text", "concise", "json", "sarif", "github", "junit")


def lint_report(result: LintResult, name: str, *, width: int | None = None) -> str:
    """The findings in the format, in lines of at most `width` cells where that matters. Only that format is imported."""
    write = getattr(import_module(f"{__name__}.{name}"), name)
    return str(write(result, width=width))
