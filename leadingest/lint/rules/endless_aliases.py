"""The rule LI003."""

from leadingest.lint.rule import refused


@refused("LI003")
def endless_aliases() -> None:
    """The anchors and aliases of the file expand to more than any mapping needs, or into themselves.

    What several entries share is better written once under `let`, and what several mappings share in a file that
    they extend.

    Bad:
        fields: &all
          company: Name
          city: *all

    Good:
        fields:
          company: Name
          city: City
    """
