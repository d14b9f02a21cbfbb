"""The rule LI205."""

from leadingest.lint.rule import refused


@refused("LI205")
def extract_group() -> None:
    """The pattern of `extract` has no group, or more than one: the group is what is kept.

    `(?:...)` groups without being one.

    Bad:
        fields:
          company: Name
          license_number: {from: Type, extract: "K[0-9]+$"}

    Good:
        fields:
          company: Name
          license_number: {from: Type, extract: "(K[0-9]+)$"}
    """
