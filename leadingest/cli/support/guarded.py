"""How a command ends when something goes wrong: a message and an exit code."""

import errno
from typing import Any

import click

from leadingest.cli.support.interrupting import EXIT_INTERRUPTED, INTERRUPTED, ending_soon
from leadingest.cli.support.output import safe_streams, text_width
from leadingest.errors import LeadingestError, in_words


class GuardedGroup(click.Group):
    """Runs its commands so that every error ends in lines on standard error and the exit code it asks for."""

    def main(self, *args: Any, **options: Any) -> Any:
        """As click's, in any locale and whatever becomes of the output."""
        with safe_streams():
            return super().main(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exceptions become an exit code."""
        try:
            with ending_soon():
                return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo(f"\n{INTERRUPTED}", err=True)
            raise click.exceptions.Exit(EXIT_INTERRUPTED) from None
        except BaseException as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            message = in_words(error)
            _tell(message)
            raise click.exceptions.Exit(message.exit_code) from error


def _tell(error: LeadingestError) -> None:
    from leadingest.reports.of_error import error_text

    click.echo(error_text(error.message, hint=error.hint, width=text_width()), err=True, nl=False)
