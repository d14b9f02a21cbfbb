"""The rule LI204."""

from leadingest.lint.rule import refused


@refused("LI204")
def bad_pattern() -> None:
    """A regular expression that does not compile.

    Patterns, that of a `footer` too, are those of Rust's `regex`: no look-around, no back-references, and no
    pattern that would grow too big; in exchange every one of them runs in linear time.

    Bad:
        fields:
          company: Name
          license_number: {from: Type, extract: "(K[0-9]+"}

    Good:
        fields:
          company: Name
          license_number: {from: Type, extract: "(K[0-9]+)"}
    """
