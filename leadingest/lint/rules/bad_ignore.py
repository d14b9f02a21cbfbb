"""The rule LI011."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import did_you_mean_code
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI011", "warning", ignorable=False)
def bad_ignore(subject: Subject) -> Iterator[Remark]:
    """A comment that asks for findings to be ignored, and does not say which or why.

    It reads `# leadingest: ignore[LI103] the reason`, with one code or several. The reason is for whoever reads
    the mapping next. What a run refuses a mapping for cannot be ignored: the run would refuse it all the same.

    Bad:
        fields:
          company: Name
          licensee_name: Name  # leadingest: ignore[LI103]

    Good:
        fields:
          company: Name
          licensee_name: Name  # leadingest: ignore[LI103] the agency has one name for both
    """
    for each in subject.ignores:
        if not each.codes:
            yield Remark(each.at, "write: # leadingest: ignore[LI103] the reason")
        elif not each.reason:
            yield Remark(
                each.at, f"say why {', '.join(each.codes)} is ignored: a reason must follow the bracket"
            )
        for code in each.codes:
            if code not in subject.codes:
                yield Remark(each.at, f"there is no code {code!r}{did_you_mean_code(code, subject.codes)}")
            elif not subject.codes[code]:
                yield Remark(each.at, f"{code} cannot be ignored: a run refuses the mapping for it")
