"""docs/reference/settings.md: every setting with its default."""

from __future__ import annotations

import re
from pathlib import Path

from leadingest.mapping.sections import Guards
from leadingest.settings import Settings
from tests.docs.markdown import code, page, table

_HEAD = """\
# Settings

Look up a setting, its default, and where you can write it.

A setting can stand in four places. Each later one wins:

1. `[tool.leadingest]` in `pyproject.toml`, by its name in small letters: `inbox = "arrived"`
2. the file `.env` beside it: `LEADINGEST_INBOX=arrived`
3. a variable of the environment: `export LEADINGEST_INBOX=arrived`
4. an option of the command, where it has one: `--inbox arrived`

The folder of the project is the nearest one upwards whose `pyproject.toml` has a `[tool.leadingest]` table, else the
current folder. `LEADINGEST_PROJECT`, a variable of the environment, names another one, or an address such as
`s3://bucket/project`: see [object storage](../object-storage.md#the-project). Paths are relative to it; only in an option
they are relative to the current folder. A variable that is empty sets nothing. A setting that does not exist is an error,
with the nearest name. `.env.example` has all of them, to be copied.

Put a password into `.env` or a variable, not into an option: `ps` shows the options of a command to everybody on the
machine. In `.env` it stands as it is, `$` and all."""


def settings_page() -> str:
    """The page."""
    defaults = _defaults()
    own = [name for name in Settings.model_fields if name not in Guards.model_fields]
    guards = [name for name in Settings.model_fields if name in Guards.model_fields]
    head = ["setting", "default", "what it sets"]
    about = {name: str(Settings.model_fields[name].description) for name in own}
    about |= {name: str(Guards.model_fields[name].description) for name in guards}
    rows = {name: [code(_variable(name)), code(defaults[_variable(name)]), about[name]] for name in about}
    return page(
        _HEAD,
        table(head, (rows[name] for name in own)),
        "## Guards",
        "What holds a load until somebody approves it, for all mappings of the project. A mapping says otherwise under "
        "[`guards`](language.md#guards).",
        table(head, (rows[name] for name in guards)),
    )


def _variable(name: str) -> str:
    return f"LEADINGEST_{name.upper()}"


def _defaults() -> dict[str, str]:
    """As `.env.example` writes them; a test holds that they are those of the program."""
    text = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    return dict(re.findall(r"^(LEADINGEST_\w+)=(.*)$", text, flags=re.MULTILINE))
