"""docs/reference/cli.md: every command with its options, as click knows them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from textwrap import dedent

import click

from leadingest.cli.main import COMMANDS, main
from tests.docs.markdown import code, page, table

_HEAD = """\
# Commands

Look up a command, its options and its exit codes. `leadingest COMMAND --help` prints the same."""


def cli_page() -> str:
    """The page."""
    listed = table(
        ["command", "what it does"],
        ([f"[`{each.name}`](#leadingest-{each.name})", each.get_short_help_str(200)] for each in COMMANDS),
    )
    group = click.Context(main, info_name="leadingest", **main.context_settings)
    of_all = _epilog(str(main.epilog).partition("\b\nSettings")[0])
    return page(
        _HEAD, listed, "## Exit codes", *of_all, *(part for c in COMMANDS for part in _section(c, group))
    )


def _section(command: click.Command, group: click.Context) -> Iterator[str | list[str]]:
    context = click.Context(command, info_name=command.name, parent=group)
    yield f"## `leadingest {command.name}`"
    yield from map(_plain, _paragraphs(inspect.cleandoc(command.help or "")))
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"```text\nleadingest {command.name} {usage}\n```"
    records = [param.get_help_record(context) for param in command.get_params(context)]
    yield table(
        ["option", "what it does"], ([code(name), _plain(text)] for name, text in filter(None, records))
    )
    yield from _epilog(command.epilog or "")


def _epilog(text: str) -> Iterator[str]:
    """Each part of it: its title, and what stands below the title as it stands there."""
    for part in _paragraphs(inspect.cleandoc(text)):
        title, _, content = part.removeprefix("\b\n").partition("\n")
        yield title if not content else f"{title}\n\n```text\n{dedent(content).rstrip()}\n```"


def _plain(text: str) -> str:
    """The text as Markdown shows it, where `<table>` is a name and no HTML; code stays as it is."""
    pieces = text.split("`")
    return "`".join(each if n % 2 else each.replace("<", "\\<") for n, each in enumerate(pieces))


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.strip()]
