"""The rule LI106."""

from leadingest.lint.rule import refused


@refused("LI106")
def circular_let() -> None:
    """Values under `let` read each other in a circle, so that none of them can be worked out.

    Bad:
        let:
          ages: {from: range}
          range: {from: ages}
        fields:
          company: Name
          ages_served: ages

    Good:
        let:
          ages: {from: Ages}
        fields:
          company: Name
          ages_served: ages
    """
