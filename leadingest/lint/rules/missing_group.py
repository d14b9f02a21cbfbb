"""The rule LI206."""

from leadingest.lint.rule import refused


@refused("LI206")
def missing_group() -> None:
    """The new text of a `replace` names a group that the pattern does not have: nothing is put there.

    A name is as long as it can be: `$1st` is the group `1st`, and `${1}st` what the first group matched. A dollar
    sign is written `$$`.

    Bad:
        fields:
          company: {from: Name, replace: {pattern: "^(.+), THE$", with: "THE $2"}}

    Good:
        fields:
          company: {from: Name, replace: {pattern: "^(.+), THE$", with: "THE $1"}}
    """
