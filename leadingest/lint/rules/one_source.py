"""The rule LI112."""

from leadingest.lint.rule import refused


@refused("LI112")
def one_source() -> None:
    """An entry takes its value from one of `from`, `const`, `first_of`, `join` and `sql`: not from none, not from two.

    Bad:
        fields:
          company: Name
          state: {case: upper}

    Good:
        fields:
          company: Name
          state: {from: State, case: upper}
    """
