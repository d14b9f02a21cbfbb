"""Commands to GitHub Actions.

Source: GitHub's documentation, "Workflow commands for GitHub Actions".
"""

_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def workflow_command(level: str, message: str, **properties: object) -> str:
    """An annotation: `level` is error, warning or notice, the properties say where it belongs."""
    said = ",".join(f"{key}={_escaped(str(value), _IN_PROPERTY)}" for key, value in properties.items())
    return f"::{level} {said}::{_escaped(message, _IN_MESSAGE)}\n"


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(letter, letter) for letter in text)
