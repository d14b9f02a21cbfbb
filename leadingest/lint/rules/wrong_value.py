"""The rule LI007."""

from leadingest.lint.rule import refused


@refused("LI007")
def wrong_value() -> None:
    """A value that its key cannot have: a word where a number must stand, one text where a list must stand.

    Bad:
        fields:
          company: Name
          city: {from: City, case: tilte}

    Good:
        fields:
          company: Name
          city: {from: City, case: title}
    """
