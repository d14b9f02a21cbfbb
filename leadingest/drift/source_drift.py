"""What drift there is in one source, and its fixes written into the text of the mapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from leadingest.destinations.ledger import DriftClass
from leadingest.documents.yaml_document import locate
from leadingest.drift.fixes import Fix
from leadingest.drift.kind import CLASSES, Difference
from leadingest.errors import EXIT_DONE, EXIT_FINDINGS
from leadingest.lint.finding import Edit, FixedText, fixed
from leadingest.mapping.models import ParsedMapping

#: From which class on drift ends in exit code 1; `any` is every difference.
FailOn = Literal["breaking", "lossy", "any"]


@dataclass(frozen=True)
class SourceDrift:
    """The differences of a delivery, the worst first, and what it was compared with."""

    source: str
    #: The name of the file; "" where there is none.
    file: str = ""
    #: The file of the mapping, as messages call it.
    mapping: str = ""
    records: int = 0
    #: Whether it is what is published, and not a delivery that may still be loaded.
    published: bool = False
    #: The load whose delivery it was compared with; None where it was the mapping alone.
    load_id: int | None = None
    differences: tuple[Difference, ...] = ()
    #: Why there is nothing to compare, and what to do; with the exit code that this asks for.
    message: str = ""
    hint: str = ""
    error_code: int | None = None
    #: Changes of the mapping that were made before this was found.
    fixed: int = 0

    def count(self, kind_class: DriftClass) -> int:
        """How many differences are of the class."""
        return sum(difference.kind_class == kind_class for difference in self.differences)

    @property
    def fixable(self) -> int:
        """How many differences `--fix` removes."""
        return sum(bool(difference.detail.fixes) for difference in self.differences)

    def exit_code(self, fail_on: FailOn) -> int:
        """1 where there is a difference of that class or worse; what the error asks for where it cannot be told."""
        if self.error_code is not None:
            return self.error_code
        worst = CLASSES if fail_on == "any" else CLASSES[: CLASSES.index(fail_on) + 1]
        return EXIT_FINDINGS if any(self.count(each) for each in worst) else EXIT_DONE


@dataclass(frozen=True)
class _Change:
    edits: tuple[Edit, ...]


def fixed_mapping(reading: ParsedMapping, differences: Iterable[Difference]) -> Iterator[FixedText]:
    """Each file of the mapping that the fixes change. A fix is made whole or not at all."""
    fixes = [fix for difference in differences for fix in difference.detail.fixes]
    made = [change for fix in fixes if (change := _change(reading, fix))]
    for document in reading.documents:
        text, changes = fixed(document.text, document.name, made)
        if changes:
            yield FixedText(document, text, changes)


def _change(reading: ParsedMapping, fix: Fix) -> _Change | None:
    documents = {document.name: document for document in reading.documents}
    edits: list[Edit] = []
    for path in fix.paths:
        document = documents.get(locate(reading.root, path).file) if reading.root else None
        made = tuple(fix.edits(document, path)) if document else ()
        if not made:
            return None
        edits += made
    return _Change(tuple(edits))
