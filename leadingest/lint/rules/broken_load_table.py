"""The rule LI306."""

from leadingest.lint.rule import refused


@refused("LI306")
def broken_load_table() -> None:
    """The description of the load table, `ddl/<table>.yaml`, has a fault: no mapping into it can be checked.

    Bad:
        # mappings/acme.yaml
        into: contacts
        fields: {company: Name}
        # ddl/contacts.yaml
        table: contacts
        about: Who to call
        columns:
          company: {type: txt, about: The name}

    Good:
        # mappings/acme.yaml
        into: contacts
        fields: {company: Name}
        # ddl/contacts.yaml
        table: contacts
        about: Who to call
        columns:
          company: {type: text, about: The name}
    """
