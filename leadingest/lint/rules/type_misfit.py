"""The rule LI210."""

from leadingest.lint.rule import refused


@refused("LI210")
def type_misfit() -> None:
    """A word that does not go with the type of the field: a bound for a text, a date format for a number.

    The type of a field is in `ddl/<table>.yaml`; a `let` value is a text unless it says `type`.

    Bad:
        fields:
          company: Name
          capacity: {from: Places, min: few}

    Good:
        fields:
          company: Name
          capacity: {from: Places, min: 1}
    """
