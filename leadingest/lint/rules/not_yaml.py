"""The rule LI002."""

from leadingest.lint.rule import refused


@refused("LI002")
def not_yaml() -> None:
    """The file is not YAML, or not the kind of YAML that a mapping is: keys with values.

    The place is where reading stopped; the slip is often just before it. A header with a `#` in it, a colon and a
    blank, or a sign such as `*` or `&` in front, stands in quotes.

    Bad:
        fields:
          company: Name
          license_number: [Operation, Operation #]

    Good:
        fields:
          company: Name
          license_number: [Operation, "Operation #"]
    """
