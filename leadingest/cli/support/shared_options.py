"""Options that several commands have."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class _OrUrl(click.Path):
    """A path as click checks it, or the URL of an object or a prefix."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and "://" in value:
            from leadingest.stores.location import as_location

            url = as_location(value)
            if not self.dir_okay and not url.name:
                self.fail(f"{url} names a bucket, but no object in it", param, ctx)
            return url
        return super().convert(value, param, ctx)


class _NoUrl(click.Path):
    """A path of this machine. A URL is refused: as a path it would be a folder of an odd name."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and "://" in value:
            self.fail("this must be a path on this machine, not a URL", param, ctx)
        return super().convert(value, param, ctx)


LOCAL = _NoUrl(path_type=Path)
LOCAL_FILE = _NoUrl(dir_okay=False, path_type=Path)
FOLDER_OR_URL = _OrUrl(file_okay=False, path_type=Path)
FILE_OR_URL = _OrUrl(exists=True, dir_okay=False, path_type=Path)
NEW_FILE_OR_URL = _OrUrl(dir_okay=False, path_type=Path)


def _warned(_context: click.Context, _option: click.Parameter, url: str | None) -> str | None:
    """The URL; whoever gives one with a password here is told who can read it."""
    if url is not None:
        from leadingest.lint.secrets import secrets_in

        if any(secrets_in(url)):
            click.echo(
                "warning: `ps` shows this password to every user of this machine; put the URL in "
                ".env or the environment variable LEADINGEST_DATABASE_URL",
                err=True,
            )
    return url


mappings_option = click.option(
    "--mappings",
    type=FOLDER_OR_URL,
    metavar="DIR|URL",
    help="Folder or s3:// prefix with the mappings.  [default: mappings]",
)
database_option = click.option(
    "--database-url",
    metavar="URL",
    callback=_warned,
    help="URL of the database or lake; put a URL with a password in .env.  [default: sqlite:///leads.db]",
)


def mirror_option(name: str, text: str) -> Decorator:
    """The setting `mirror`, under this name and with this help."""
    return click.option(name, "mirror", metavar="URL", help=text)


table_option = click.option(
    "--table", default="lead_sources", show_default=True, metavar="NAME", help="The load table."
)


def destination_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--table`, `--mappings` and `--database-url`: the leads that are there, and the sources they are of."""
    return table_option(mappings_option(database_option(command)))


def limit_option(default: int, text: str) -> Decorator:
    """`--limit`, with its default and its help."""
    return click.option(
        "--limit", type=click.IntRange(min=1), default=default, show_default=True, metavar="N", help=text
    )


wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0,
    metavar="SECONDS",
    help="Wait up to SECONDS for a concurrent run of the source.  [default: do not wait]",
)


def format_option(*formats: str) -> Decorator:
    """`--format`, the first of the formats being the default."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Output format.",
    )


def comma_separated(names: str | None) -> tuple[str, ...]:
    """The names that an option has, with commas between, each once; none where it is not given."""
    return tuple(dict.fromkeys(name.strip() for name in (names or "").split(",") if name.strip()))


source_option = click.option("--source", metavar="NAME", help="Source of the delivery.")
inbox_option = click.option(
    "--inbox",
    type=FOLDER_OR_URL,
    metavar="DIR|URL",
    help="Folder or s3:// prefix where deliveries arrive.  [default: inbox]",
)


def file_option(what: str) -> Decorator:
    """`--file`, for a command that does `what` to the file."""
    return click.option(
        "--file",
        type=FILE_OR_URL,
        metavar="PATH|URL",
        help=f"{what} this file; without --source, the source is found by the file name.",
    )


def log_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--log-format` and `--log-level`."""
    formats, levels = (
        click.Choice(["off", "text", "json"]),
        click.Choice(["debug", "info", "warning", "error"]),
    )
    with_level = click.option(
        "--log-level", type=levels, help="Lowest level of log lines to write.  [default: info]"
    )
    with_format = click.option(
        "--log-format", type=formats, help="Log lines on standard error, without lead data.  [default: off]"
    )
    return with_format(with_level(command))
