"""`leadingest reference`."""

import click

_EPILOG = """\
\b
Examples:
  leadingest reference                the whole language
  leadingest reference split          one word
  leadingest reference phone          one type of the load table
"""


@click.command(short_help="Print the reference of the mapping language.", epilog=_EPILOG)
@click.argument("word", required=False)
def reference(word: str | None) -> None:
    """Print the reference of the mapping language, as Markdown.

    Covers every key, word, check and type that a mapping can use, with an example of each. With WORD, prints only its
    section.
    """
    from leadingest.mapping.reference import reference_text

    click.echo(reference_text(word), nl=False)
