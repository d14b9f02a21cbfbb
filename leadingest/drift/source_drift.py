"""What drift there is in one source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from leadingest.destinations.ledger import DriftClass
from leadingest.drift.difference import CLASSES, Difference
from leadingest.errors import EXIT_DONE, EXIT_FINDINGS, EXIT_NOTHING_TO_DO

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
    mended: int = 0

    def count(self, kind_class: DriftClass) -> int:
        """How many differences are of the class."""
        return sum(difference.kind_class == kind_class for difference in self.differences)

    @property
    def fixable(self) -> int:
        """How many differences `--fix` can mend."""
        return sum(bool(difference.told.fixes) for difference in self.differences)

    def exit_code(self, fail_on: FailOn) -> int:
        """1 where there is a difference of that class or worse; what the error asks for where it cannot be told."""
        if self.error_code is not None:
            return self.error_code
        worst = CLASSES if fail_on == "any" else CLASSES[: CLASSES.index(fail_on) + 1]
        return EXIT_FINDINGS if any(self.count(each) for each in worst) else EXIT_DONE


def exit_code(drifts: tuple[SourceDrift, ...], fail_on: FailOn) -> int:
    """Of several sources the gravest: wrong set-up, then drift; 3 only where there was no delivery at all."""
    codes = {drift.exit_code(fail_on) for drift in drifts}
    if codes == {EXIT_NOTHING_TO_DO}:
        return EXIT_NOTHING_TO_DO
    return max(codes - {EXIT_NOTHING_TO_DO}, default=EXIT_DONE)
