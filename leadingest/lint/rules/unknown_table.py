"""The rule LI305."""

from leadingest.lint.rule import refused


@refused("LI305")
def unknown_table() -> None:
    """`into` names a load table that is not described in the folder `ddl`.

    Bad:
        into: leads
        fields:
          company: Name

    Good:
        into: lead_sources
        fields:
          company: Name
    """
