"""The rule LI001."""

from leadingest.lint.rule import refused


@refused("LI001")
def unreadable_file() -> None:
    """The file cannot be read: it is not there, it is not UTF-8 text, or it is too big for a mapping.

    Nothing else can be said of such a file. Values by the thousand belong in a CSV file beside the mapping,
    which `lookup` reads.
    """
