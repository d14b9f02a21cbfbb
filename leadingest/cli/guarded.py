"""How a command ends when something goes wrong: a message and an exit code."""

import errno
import sys
import traceback
from typing import Any

import click

from leadingest.errors import EXIT_FINDINGS, LeadingestError

EXIT_INTERRUPTED = 130

_OUR_FAULT = (
    "\nerror: this is a fault of leadingest, not of yours; what was loaded before is untouched\n"
    "hint: please report it with the lines above; look first whether they hold data of people\n"
)


class GuardedGroup(click.Group):
    """Runs its commands so that every error ends in lines on standard error and the exit code it asks for."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exceptions become an exit code."""
        try:
            return super().invoke(ctx)
        except LeadingestError as error:
            _tell(error)
            raise click.exceptions.Exit(error.exit_code) from error
        except KeyboardInterrupt:
            click.echo("\nstopped: nothing of the unfinished load is visible", err=True)
            raise click.exceptions.Exit(EXIT_INTERRUPTED) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            file = f": {error.filename}" if error.filename else ""
            click.echo(f"error: {error.strerror or error}{file}", err=True)
            raise click.exceptions.Exit(EXIT_FINDINGS) from error
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            click.echo(_OUR_FAULT, err=True, nl=False)
            raise click.exceptions.Exit(EXIT_FINDINGS) from error


def _tell(error: LeadingestError) -> None:
    from leadingest.cli.output import text_width
    from leadingest.reports.of_error import error_text

    click.echo(error_text(error.message, hint=error.hint, width=text_width()), err=True, nl=False)
