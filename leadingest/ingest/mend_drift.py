"""`leadingest drift --fix`: change the mapping so that the delivery loads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from leadingest.drift.mend import MendedText, mended_texts
from leadingest.drift.source_drift import SourceDrift
from leadingest.errors import ConfigurationError, LeadingestError
from leadingest.ingest.drift_sources import DriftFinder
from leadingest.ingest.mapping_index import MappingIndex, shown_path
from leadingest.mapping.read_mapping import examine_mapping

#: How often mending may show more that can be mended: values of a column are seen once its new header is known.
_MOST_ROUNDS = 5


def mendings(project: MappingIndex, drift: SourceDrift) -> tuple[MendedText, ...]:
    """The files of the source's mapping with the fixes of its drift in them; nothing is written."""
    if not drift.fixable:
        return ()
    path = project.path_of(drift.source)
    reading = examine_mapping(path, ddl=project.ddl, shown_as=shown_path(path))
    return tuple(mended_texts(reading, drift.differences))


def mend_drift(finder: DriftFinder, source: str) -> SourceDrift:
    """Compare, write what can be mended into the mapping, and compare again.

    Raises ConfigurationError, with the files as they were, where the mapping could not be read afterwards.
    """
    finder = replace(finder, project=finder.project.reread())  # what is written is made of what is there now
    drift, done = finder.drift(source), 0
    for _ in range(_MOST_ROUNDS):
        texts = mendings(finder.project, drift)
        if not texts:
            break
        with _undone_on_error(texts):
            for each in texts:
                _write(each)
            finder = replace(finder, project=finder.project.reread())
            finder.project.mapping(source)
        done += sum(each.changes for each in texts)
        drift = finder.drift(source)
    return replace(drift, mended=done)


def _write(mended: MendedText) -> None:
    path = Path(mended.document.name)
    mark = b"\xef\xbb\xbf" if path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
    path.write_bytes(mark + mended.text.encode())


@contextmanager
def _undone_on_error(texts: tuple[MendedText, ...]) -> Iterator[None]:
    """Put the files back where the block fails."""
    before = {Path(each.document.name): Path(each.document.name).read_bytes() for each in texts}
    try:
        yield
    except (LeadingestError, OSError) as error:
        for path, content in before.items():
            if path.read_bytes() != content:
                path.write_bytes(content)
        raise ConfigurationError(
            f"{texts[0].document.name}: could not be mended, and is as it was: {error}",
            hint="change it by hand; --diff shows what was meant",
        ) from error
