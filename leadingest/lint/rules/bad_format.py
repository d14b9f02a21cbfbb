"""The rule LI202."""

from leadingest.lint.rule import refused


@refused("LI202")
def bad_format() -> None:
    """A format that makes no date: an unknown directive, one given twice, or no whole day.

    A date needs a year (`%Y` or `%y`) with a month (`%m`, `%b`, `%B`) and a day (`%d`), or with `%j`.

    Bad:
        fields:
          company: Name
          license_issued: {from: Issued, formats: ["%m/%D/%Y"]}

    Good:
        fields:
          company: Name
          license_issued: {from: Issued, formats: ["%m/%d/%Y"]}
    """
