"""The rule LI102."""

from leadingest.lint.rule import refused


@refused("LI102")
def required_field() -> None:
    """The load table requires a field that the mapping does not fill: every record would be rejected.

    Bad:
        fields:
          phone: Phone

    Good:
        fields:
          company: Name
          phone: Phone
    """
