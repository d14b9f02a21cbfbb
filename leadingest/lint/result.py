"""What lint found in some mappings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leadingest.documents.yaml_document import Document
from leadingest.errors import EXIT_DONE, EXIT_FINDINGS, EXIT_USAGE
from leadingest.lint.finding import Finding

#: The rules for a file of which nothing can be read: the project is broken, not unwise.
_NO_MAPPING = frozenset({"unreadable_file", "not_yaml", "endless_aliases"})


@dataclass(frozen=True)
class LintResult:
    """The findings, file by file, and what was looked at."""

    findings: tuple[Finding, ...]
    #: The mappings, by the names that findings call their files.
    mappings: tuple[str, ...]
    #: The same and the files that they extend, as far as they could be read.
    documents: Mapping[str, Document] = field(default_factory=dict)
    #: Sources for which there is no delivery to compare with, where the newest one was asked for.
    without_sample: tuple[str, ...] = ()
    #: Findings that were mended before these were made.
    mended: int = 0

    def count(self, severity: str) -> int:
        """How many findings have the severity."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def fixable(self) -> int:
        """How many findings have edits."""
        return sum(bool(finding.edits) for finding in self.findings)

    def exit_code(self, *, strict: bool) -> int:
        """0 where all is well, 1 for errors, `strict`: for warnings, too; 2 where a file cannot be read at all."""
        if any(finding.name in _NO_MAPPING for finding in self.findings):
            return EXIT_USAGE
        told = self.findings if strict else [each for each in self.findings if each.severity == "error"]
        return EXIT_FINDINGS if told else EXIT_DONE
