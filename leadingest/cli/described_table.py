"""The load table of a command, as the project describes it."""

from leadingest.documents.nearest import unknown_word
from leadingest.errors import UsageError
from leadingest.settings import Settings
from leadingest.tables.load_table import LoadTable, read_load_table


def described_table(settings: Settings, name: str) -> LoadTable:
    """The load table as the project describes it. Raises UsageError when it does not."""
    known = sorted(file.stem for file in settings.ddl.glob("*.yaml"))
    if name not in known:
        raise UsageError(unknown_word(name, f"a load table in {settings.ddl}", known))
    return read_load_table(settings.ddl / f"{name}.yaml")
