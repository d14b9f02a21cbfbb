"""What a rule is: a function with a code, whose docstring explains it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from leadingest.documents.yaml_document import Position
from leadingest.errors import Kind
from leadingest.lint.finding import Remark, Severity
from leadingest.lint.subject import Subject

Check = Callable[[Subject], Iterable[Remark]]

#: What the first digit of a code stands for.
FAMILIES = {
    "LI0": "The file itself",
    "LI1": "Meaning",
    "LI2": "Types",
    "LI3": "Loading",
    "LI4": "Secrets",
    "LI5": "Against a sample",
}

_SECTION = re.compile(r"^(Bad|Good):$", re.MULTILINE)
_FILE = re.compile(r"^# (\S+\.(?:ya?ml|csv))$", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """A check of mappings. `code` never changes its meaning.

    The docstring of `check` is the explanation: a sentence, more about it, then examples under `Bad:` and
    `Good:`, which are also the first tests of the rule.
    """

    code: str
    severity: Severity
    check: Check
    #: Whether it says what a run refuses the mapping for.
    refused: bool = False
    #: Whether a comment can have it ignored.
    ignorable: bool = True
    #: Whether it only makes sense of a mapping that could be read whole.
    whole: bool = False
    #: Whether it offers edits.
    fixes: bool = False

    @property
    def name(self) -> str:
        """What it is called, the name of its function."""
        return self.check.__name__

    @property
    def summary(self) -> str:
        """The rule in a sentence."""
        return self._text.split("\n", 1)[0]

    @property
    def explanation(self) -> str:
        """The docstring without its examples."""
        return _SECTION.split(self._text)[0].strip()

    @property
    def bad(self) -> str:
        """An example that it finds something in."""
        return self._example("Bad")

    @property
    def good(self) -> str:
        """The bad example, fixed."""
        return self._example("Good")

    @property
    def _text(self) -> str:
        return inspect.cleandoc(self.check.__doc__ or "")

    def _example(self, title: str) -> str:
        parts = _SECTION.split(self._text)
        return inspect.cleandoc("\n" + dict(zip(parts[1::2], parts[2::2], strict=True)).get(title, ""))


def rule(
    code: str,
    severity: Severity,
    *,
    refused: bool = False,
    ignorable: bool = True,
    whole: bool = False,
    fixes: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a function that looks at a mapping and yields remarks."""
    able = ignorable and not refused
    return lambda check: Rule(code, severity, check, refused, ignorable=able, whole=whole, fixes=fixes)


def refused(code: str, kind: Kind, explanation: str) -> Rule:
    """A rule for the kind of fault that a run refuses a mapping for: it tells what reading the mapping found."""

    def check(subject: Subject) -> Iterator[Remark]:
        for problem in subject.reading.problems:
            if problem.kind == kind:
                yield Remark(Position(problem.file, problem.line, problem.column), problem.message)

    check.__name__, check.__doc__ = kind, explanation
    return Rule(code, "error", check, refused=True, ignorable=False)


def files_of(example: str) -> dict[str, str]:
    """The files that an example is made of: `# mappings/acme.yaml` on a line of its own begins one.

    An example without such lines is one mapping.
    """
    parts = _FILE.split(example)
    if len(parts) == 1:
        return {"mappings/acme.yaml": example + "\n"}
    return {name: text.strip("\n") + "\n" for name, text in zip(parts[1::2], parts[2::2], strict=True)}
