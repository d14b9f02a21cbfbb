"""`leadingest schema`."""

import click

_EPILOG = """\
\b
Examples:
  leadingest schema > mappings/mapping.schema.json

\b
The first line of a mapping tells an editor to use it:
  # yaml-language-server: $schema=mapping.schema.json
"""


@click.command(short_help="Print the JSON Schema of a mapping, for editors.", epilog=_EPILOG)
def schema() -> None:
    """Print the JSON Schema of the mapping language.

    With it, an editor completes the words of the language, the fields of the load tables, types and date formats, shows
    help on hover and marks errors. It is generated for the load tables in ddl: print it again when they change.
    """
    from leadingest import Project

    click.echo(Project.open().schema(), nl=False)
