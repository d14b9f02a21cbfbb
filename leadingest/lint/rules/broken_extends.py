"""The rule LI304."""

from leadingest.lint.rule import refused


@refused("LI304")
def broken_extends() -> None:
    """`extends` leads to no file, out of the folder of the mapping, or back to where it came from.

    Bad:
        # mappings/acme.yaml
        extends: _shared.yaml
        fields: {company: Name}

    Good:
        # mappings/acme.yaml
        extends: _shared.yaml
        fields: {company: Name}
        # mappings/_shared.yaml
        ignore: [Fax]
    """
