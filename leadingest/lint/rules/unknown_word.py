"""The rule LI005."""

from leadingest.lint.rule import refused


@refused("LI005")
def unknown_word() -> None:
    """A key that is no word of the mapping language, most often a misspelt one.

    `leadingest reference` prints all of them.

    Bad:
        fields:
          company: {form: Name}

    Good:
        fields:
          company: {from: Name}
    """
