"""The rule LI101."""

from leadingest.lint.rule import refused


@refused("LI101")
def unknown_field() -> None:
    """The load table has no such field.

    The fields are described in `ddl/<table>.yaml`. A value that only helps to work out others belongs under `let`.

    Bad:
        fields:
          company: Name
          phon: Phone

    Good:
        fields:
          company: Name
          phone: Phone
    """
