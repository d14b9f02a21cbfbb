"""The load tables of a command, as the project describes them."""

from leadingest.documents.nearest import unknown_word
from leadingest.errors import ConfigurationError, UsageError
from leadingest.settings import Settings
from leadingest.tables.load_table import LoadTable, read_load_table


def described_table(settings: Settings, name: str) -> LoadTable:
    """The load table as the project describes it. Raises UsageError when it does not."""
    known = sorted(file.stem for file in settings.ddl.glob("*.yaml"))
    if name not in known:
        raise UsageError(unknown_word(name, f"a load table in {settings.ddl}", known))
    return read_load_table(settings.ddl / f"{name}.yaml")


def described_tables(settings: Settings) -> list[LoadTable]:
    """Every load table of the project. Raises ConfigurationError when there is none."""
    files = sorted(settings.ddl.glob("*.yaml"))
    if not files:
        raise ConfigurationError(
            f"no load table in {settings.ddl}",
            hint="a load table is a file <table>.yaml; or set LEADINGEST_DDL",
        )
    return [read_load_table(file) for file in files]


def named_fields(text: str | None, table: LoadTable) -> tuple[str, ...]:
    """The lead fields that an option names, with commas between; none where it is not given.

    Raises UsageError for one that the table does not have.
    """
    names = tuple(dict.fromkeys(name.strip() for name in (text or "").split(",") if name.strip()))
    for name in names:
        if name not in table.columns:
            raise UsageError(unknown_word(name, f"a field of {table.name}", table.columns))
    return names
