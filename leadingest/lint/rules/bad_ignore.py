"""The rule LI011."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import did_you_mean_code
from leadingest.lint.finding import Remark
from leadingest.lint.rule import rule
from leadingest.lint.subject import Subject


@rule("LI011", "warning", ignorable=False)
def bad_ignore(subject: Subject) -> Iterator[Remark]:
    """A comment that ignores findings without saying which or why.

    Write `# leadingest: ignore[LI103] the reason`, with one or more codes. The reason is for the next reader
    of the mapping. Findings that make a run reject a mapping cannot be ignored: the run would reject it anyway.

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
            yield Remark(each.at, f"give a reason after the bracket for ignoring {', '.join(each.codes)}")
        for code in each.codes:
            if code not in subject.codes:
                yield Remark(each.at, f"unknown code {code!r}{did_you_mean_code(code, subject.codes)}")
            elif not subject.codes[code]:
                yield Remark(each.at, f"{code} cannot be ignored: a run rejects the mapping because of it")
