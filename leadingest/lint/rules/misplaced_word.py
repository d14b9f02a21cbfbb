"""The rule LI006."""

from leadingest.lint.rule import refused


@refused("LI006")
def misplaced_word() -> None:
    """A word of the language where it cannot be: without the word that it goes with, or where nothing would use it.

    `part` goes with `split`; `otherwise` goes with a word that recognises values; the type of a field is given by
    the load table; a check belongs to a whole entry; a word stands among the `steps` or beside them, not both.

    Bad:
        fields:
          company: {from: Name, part: 1}

    Good:
        fields:
          company: {from: Name, split: " DBA ", part: 1}
    """
