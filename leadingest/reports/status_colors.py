"""The colours of what became of a load."""

import click

_COLORS = {"loaded": "green", "checked": "green", "published": "green", "held": "yellow", "failed": "red"}


def painted_status(status: str) -> str:
    """The word in its colour; terminals only, `click.echo` takes the colour out elsewhere."""
    color = _COLORS.get(status.strip())
    return click.style(status, fg=color) if color else status
