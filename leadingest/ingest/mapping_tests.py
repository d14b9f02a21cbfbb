"""`leadingest test`: the `tests:` of mappings, tried, and with `--update` rewritten to say what came out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from leadingest.documents.flow_yaml import flow_yaml, quoted_yaml
from leadingest.documents.read_yaml import read_text
from leadingest.documents.spans import WrittenTable, written_table
from leadingest.engine.coverage import Coverage, coverage
from leadingest.engine.try_mapping import Became, TriedTest, try_mapping
from leadingest.errors import LeadingestError, UsageError, in_words
from leadingest.ingest.mapping_index import MappingIndex
from leadingest.lint.other_readers import read_by_others
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import read_mapping

_MARK = b"\xef\xbb\xbf"
_OUTCOMES = ("lead", "rejected", "filtered")


@dataclass(frozen=True)
class TriedMapping:
    """The tests of the mapping of a source, tried; `error` if they could not be.

    `updated` counts those that were rewritten to say what came out.
    """

    source: str
    tests: tuple[TriedTest, ...] = ()
    coverage: Coverage | None = None
    error: LeadingestError | None = None
    updated: int = 0

    @property
    def failed(self) -> tuple[TriedTest, ...]:
        """The tests with a difference."""
        return tuple(test for test in self.tests if test.differences)


def check_mappings(
    project: MappingIndex,
    sources: Sequence[str],
    *,
    today: date,
    update: bool = False,
    with_coverage: bool = False,
) -> list[TriedMapping]:
    """Try the mapping of each source with its own tests; nothing is read or loaded.

    With `update` those that fail are rewritten first, to say what came out.
    """
    return [_tried(project, source, today, update=update, with_coverage=with_coverage) for source in sources]


def _tried(
    project: MappingIndex, source: str, today: date, *, update: bool, with_coverage: bool
) -> TriedMapping:
    try:
        mapping = project.mapping(source)
        updated = update_tests(mapping, ddl=project.ddl, today=today) if update else 0
        mapping = project.reread().mapping(source) if updated else mapping
        tests = tuple(try_mapping(mapping, today=today))
        covered = coverage(mapping, tests, today=today) if with_coverage else None
    except BaseException as error:
        return TriedMapping(source, error=in_words(error))
    return TriedMapping(source, tests, covered, updated=updated)


def update_tests(mapping: Mapping, *, ddl: Path, today: date) -> int:
    """Rewrite the tests of the mapping that fail, or that say `lead: {}`, in its file; how many there were.

    The file is written whole, and only if its tests then pass. Raises UsageError where they cannot be rewritten.
    """
    stale = [each for each in try_mapping(mapping, today=today) if to_be_rewritten(each)]
    if not stale:
        return 0
    _refuse_elsewhere(mapping, stale)
    name = mapping.document.position.file
    text = rewritten(read_text(mapping.path, name), stale)
    mark = _MARK if mapping.path.read_bytes().startswith(_MARK) else b""
    draft = mapping.path.with_name(f".{mapping.path.name}.draft")
    try:
        draft.write_bytes(mark + text.encode())
        shutil.copymode(mapping.path, draft)
        _refuse_changed(mapping, read_mapping(draft, ddl=ddl, shown_as=name), today)
        os.replace(draft, mapping.path)
    finally:
        draft.unlink(missing_ok=True)
    return len(stale)


def _refuse_elsewhere(mapping: Mapping, stale: Sequence[TriedTest]) -> None:
    own = mapping.document.position.file
    for each in stale:
        if each.position.file != own:
            raise UsageError(
                f"the tests of {mapping.source} are in {each.position.file}, which other mappings may extend",
                hint=f"move the tests into {own}, or change them by hand",
            )


def _refuse_changed(mapping: Mapping, draft: Mapping, today: date) -> None:
    """Nothing but the tests may have changed, and they must pass."""
    left = [each for each in try_mapping(draft, today=today) if each.differences]
    if left or draft.digest != mapping.digest:
        place = left[0].position if left else draft.place("tests")
        raise UsageError(
            f"{place.file}:{place.line}:{place.column}: the test cannot be rewritten so that it passes",
            hint="change it by hand",
        )


@dataclass(frozen=True)
class _Splice:
    start: int
    end: int
    text: str


def to_be_rewritten(each: TriedTest) -> bool:
    """Whether the test is not what came out: it fails, or it says `lead: {}`, which all that came out replaces."""
    return bool(each.differences) or (each.test.lead == {} and bool(each.became.lead))


def rewritten(text: str, tried: Iterable[TriedTest]) -> str:
    """The text of the mapping, its tests as they came out.

    A lead keeps the fields that the test looks at. Raises UsageError where a test cannot be rewritten without
    a change elsewhere.
    """
    splices: list[_Splice] = []
    for each in tried:
        table = written_table(text, ("tests", each.number))
        if table is None:
            place = each.position
            raise UsageError(
                f"{place.file}:{place.line}:{place.column}: the test contains a YAML alias, so it cannot be rewritten",
                hint="write the test without the alias, or change it by hand",
            )
        splices += _Rewriter(text, table, each).splices()
    for splice in sorted(splices, key=lambda each: -each.start):
        text = text[: splice.start] + splice.text + text[splice.end :]
    return text


@dataclass(frozen=True)
class _Rewriter:
    """Rewrites one test."""

    text: str
    table: WrittenTable
    tried: TriedTest

    def splices(self) -> Iterator[_Splice]:
        became, test = self.tried.became, self.tried.test
        if became.outcome == "lead" and test.lead:
            yield from self._fields(became)
            yield from self._invalid(became.invalid)
            return
        (key,) = [key for key in _OUTCOMES if key in self.table.keys]
        yield _Splice(self.table.keys[key].start, self.table.values[key].end, self._outcome(became))
        if "invalid" in self.table.keys:
            yield self._without("invalid")

    def _fields(self, became: Became) -> Iterator[_Splice]:
        """Each field that differs, quoted as it was."""
        lead = became.lead or {}
        written = written_table(self.text, ("tests", self.tried.number, "lead"))
        for difference in self.tried.differences:
            if difference.kind == "lead" and written:
                span = written.values[difference.field]
                before = self.text[span.start : span.end]
                blank = "" if before else " "  # nothing at all stands right behind the colon
                value = _value(lead.get(difference.field, ""), like=before)
                yield _Splice(span.start, span.end, f"{blank}{value}")

    def _invalid(self, invalid: tuple[str, ...]) -> Iterator[_Splice]:
        if set(invalid) == set(self.tried.test.invalid):
            return
        value = f"[{', '.join(invalid)}]"
        if "invalid" not in self.table.keys:
            end = self.table.values["lead"].end
            yield self._added(end, f"invalid: {value}")
        elif invalid:
            span = self.table.values["invalid"]
            yield _Splice(span.start, span.end, value)
        else:
            yield self._without("invalid")

    def _outcome(self, became: Became) -> str:
        """The keys that tell the outcome, all fields of a lead among them."""
        if became.outcome != "lead":
            return f"rejected: {became.field}" if became.outcome == "rejected" else "filtered: true"
        fields = [f"{name}: {_value(text)}" for name, text in (became.lead or {}).items()]
        new_line = f"{self._newline}{self._indent}"
        if self.table.flow or not fields:
            keys = [f"lead: {{{', '.join(fields)}}}"]
        else:
            keys = [f"{new_line}  ".join(["lead:", *fields])]
        if became.invalid:
            keys.append(f"invalid: [{', '.join(became.invalid)}]")
        return (", " if self.table.flow else new_line).join(keys)

    def _added(self, end: int, text: str) -> _Splice:
        """A key behind what ends here: in a block on a line of its own, after the comment that may follow."""
        if self.table.flow:
            return _Splice(end, end, f", {text}")
        line_end = _line_end(self.text, end)
        return _Splice(line_end, line_end, f"{self._newline}{self._indent}{text}")

    def _without(self, key: str) -> _Splice:
        """The key taken out, with its comma or its lines."""
        keys = list(self.table.keys)
        at, start, end = keys.index(key), self.table.keys[key].start, self.table.values[key].end
        if at == 0:
            return _Splice(start, self.table.keys[keys[1]].start, "")
        before = self.table.values[keys[at - 1]].end
        if self.table.flow:
            return _Splice(before, end, "")
        return _Splice(_line_end(self.text, before), _line_end(self.text, end), "")

    @property
    def _indent(self) -> str:
        """The blanks before the keys of the test."""
        first = next(iter(self.table.keys.values())).start
        return " " * (first - (self.text.rfind("\n", 0, first) + 1))

    @property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"


def _line_end(text: str, offset: int) -> int:
    """Where the line ends that the offset is on."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return end - 1 if text[:end].endswith("\r") else end


def _value(text: str, *, like: str = "") -> str:
    """The value of a field: in quotes where what it replaces was, or where some reader would take it for no text."""
    plain = flow_yaml(text)
    if plain == text and not like.startswith(('"', "'")) and read_by_others(text) is None:
        return text
    return quoted_yaml(text)
