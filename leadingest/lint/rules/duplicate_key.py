"""The rule LI004."""

from leadingest.lint.rule import refused


@refused("LI004")
def duplicate_key() -> None:
    """A key is given twice in one place. Most readers of YAML keep the last one without a word; here it is an error.

    A field that has had several headers names them in a list; a field put together from several has `join` or
    `first_of`.

    Bad:
        fields:
          company: Name
          phone: Phone
          phone: Telephone

    Good:
        fields:
          company: Name
          phone: [Phone, Telephone]
    """
