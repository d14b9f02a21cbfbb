"""The rule LI008."""

from leadingest.lint.rule import refused


@refused("LI008")
def missing_key() -> None:
    """A key that must be there is not: `source`, `delivery` with `match`, `fields`, or what a word needs.

    Bad:
        delivery: {sheet: Providers}
        fields:
          company: Name

    Good:
        delivery: {match: "acme*.xlsx", sheet: Providers}
        fields:
          company: Name
    """
