"""The rule LI212."""

from leadingest.lint.rule import refused


@refused("LI212")
def bad_sql() -> None:
    """An SQL expression that cannot be used: not SQL, not about one record, or of types that do not go together.

    Every header is a text: `TRY_CAST(Age AS INT) < 5` compares a number. `CAST` would stop at the first cell that
    is none, and a SELECT, an aggregate or a window would look at more than one record.

    Bad:
        fields:
          company: Name
          min_age: {from: Youngest, when: "Youngest < 5"}

    Good:
        fields:
          company: Name
          min_age: {from: Youngest, when: "TRY_CAST(Youngest AS INT) < 5"}
    """
