"""What somebody wants handed over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leadingest.documents.nearest import did_you_mean
from leadingest.errors import UsageError
from leadingest.exporting.formats import FORMATS
from leadingest.mapping.read_sections import SOURCE_NAME


@dataclass(frozen=True)
class Request:
    """An export as it is asked for."""

    file: Path
    format: str
    #: What the program remembers it by; "" for an export of everything that is not remembered.
    name: str = ""
    #: None: the source and every lead field.
    columns: tuple[str, ...] | None = None
    #: An SQL condition over the columns of the view; "" for none.
    where: str = ""
    sources: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    #: Hand everything out once more.
    all_again: bool = False

    @property
    def manifest(self) -> Path:
        """The file beside it that tells what is in it."""
        return self.file.with_name(f"{self.file.name}.json")

    @property
    def chosen_by(self) -> dict[str, object]:
        """Which leads are asked for."""
        return {"where": self.where or None, "sources": list(self.sources), "states": list(self.states)}

    def refuse_unusable(self) -> None:
        """Raise UsageError for a name that is none, or an option that has nothing to do without one."""
        if self.name and not SOURCE_NAME.fullmatch(self.name):
            raise UsageError(
                f"{self.name!r} is no name for an export: 1 to 64 letters, digits or any of _ . - are",
                hint="such as --name weekly",
            )
        if self.all_again and not self.name:
            raise UsageError(
                "--all-again is for an export with a name",
                hint="without --name all leads are exported anyway",
            )

    def refuse_existing_file(self) -> None:
        """Raise UsageError where the file is there: leads that nobody has fetched yet would be gone."""
        for file in (self.file, self.manifest):
            if file.exists():
                raise UsageError(
                    f"{file} is there already", hint="name another file, or say that it may go: --overwrite"
                )


def format_of(file: Path, asked: str | None) -> str:
    """The format that is asked for, else that of the file's name. Raises UsageError where neither says it."""
    ending = file.suffix.removeprefix(".").lower()
    if asked or ending in FORMATS:
        return asked or ending
    raise UsageError(
        f"{file.name} does not say which format it is to have{did_you_mean(ending, FORMATS)}",
        hint=f"call it {file.stem}.csv, or say --format {', '.join(FORMATS)}",
    )
