"""The formats in which drift is told. `FORMATS` registers them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from xml.etree import ElementTree  # it only writes here

from leadingest.drift.difference import CLASS_MEANINGS, CLASSES, Difference
from leadingest.drift.source_drift import SourceDrift
from leadingest.reports.drift_words import HEADS, compared_with, rows, sums, title
from leadingest.reports.json_document import json_document
from leadingest.reports.of_drift import drift_text
from leadingest.reports.page import page
from leadingest.reports.printable import lines_only, one_line, workflow_command


def drift_json(drifts: Sequence[SourceDrift], *, width: int | None = None) -> str:
    """A document with `version`, `sources` and `summary`."""
    return json_document(
        sources=[_source_json(drift) for drift in drifts],
        summary={
            "sources": len(drifts),
            **{each: sum(drift.count(each) for drift in drifts) for each in CLASSES},
            "fixable": sum(drift.fixable for drift in drifts),
            "mended": sum(drift.mended for drift in drifts),
        },
    )


def _source_json(drift: SourceDrift) -> dict[str, Any]:
    return {
        "source": drift.source,
        "file": drift.file,
        "mapping": drift.mapping,
        "records": drift.records,
        "load_id": drift.load_id,
        "differences": [_difference(each) for each in drift.differences],
        "mended": drift.mended,
        "error": drift.message,
        "hint": drift.hint,
    }


def _difference(difference: Difference) -> dict[str, Any]:
    told = difference.told
    return {
        "code": difference.code,
        "name": difference.name,
        "on_drift": difference.word,
        "class": told.kind_class,
        "column": told.header,
        "expected": told.expected,
        "found": told.found,
        "advice": told.advice,
        "fixable": bool(told.fixes),
    }


#: Signs that mean something in Markdown, and what does in HTML, to who would be notified, or as a link.
_SIGNS: Final = re.compile(r"[\\`*_{}\[\]#+!|~$]")
_ENTITIES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "@": "&#64;",
    "://": "&#58;//",
    "www.": "www&#46;",
}
_NO_TEXT: Final = re.compile("|".join(map(re.escape, _ENTITIES)))


def drift_markdown(drifts: Sequence[SourceDrift], *, width: int | None = None) -> str:
    """A heading, the sums and a table for each source."""
    return "\n\n".join("\n".join(_section(drift)) for drift in drifts) + "\n"


def _section(drift: SourceDrift) -> Iterator[str]:
    yield f"### {plain(title(drift))}"
    yield ""
    if drift.message:
        yield f"**not compared**: {plain(drift.message)}"
        return
    yield f"{plain(compared_with(drift))}: **{plain(sums(drift))}**"
    if drift.differences:
        yield ""
        yield f"| {' | '.join(HEADS)} |"
        yield "|---" * len(HEADS) + "|"
    for cells in rows(drift):
        yield f"| {' | '.join(map(plain, cells))} |"


def plain(text: str) -> str:
    """The text on one line, as it is read: nothing in it is Markdown, HTML or a mention."""
    escaped = _SIGNS.sub(r"\\\g<0>", one_line(text))
    return _NO_TEXT.sub(lambda sign: _ENTITIES[sign[0]], escaped)


def drift_html(drifts: Sequence[SourceDrift], *, width: int | None = None) -> str:
    """One page that needs nothing beside it: a table of the differences for each source."""
    told = [(drift, title(drift), compared_with(drift), sums(drift)) for drift in drifts]
    return page("drift", told=told, meanings=CLASS_MEANINGS)


_LEVELS: Final = {"breaking": "error", "lossy": "warning", "safe": "notice"}


def drift_github(drifts: Sequence[SourceDrift], *, width: int | None = None) -> str:
    """A workflow command for each difference; nothing where there is none."""
    return "".join(command for drift in drifts for command in _commands(drift))


def _commands(drift: SourceDrift) -> Iterator[str]:
    if drift.message:
        yield workflow_command("error", f"{drift.source}: {drift.message}", title="drift")
    for difference in drift.differences:
        told = difference.told
        column = f"{told.header!r}: " if told.header else ""
        said = (
            f"{title(drift)}: {column}expected {told.expected}, found {told.found}. What to do: {told.advice}"
        )
        name = f"{difference.code} {difference.name}"
        yield workflow_command(_LEVELS[told.kind_class], said, file=drift.mapping, title=name)


def drift_junit(drifts: Sequence[SourceDrift], *, width: int | None = None) -> str:
    """A suite for each source: a case for each difference, which fails unless it is safe, or one that passed."""
    root = ElementTree.Element("testsuites", name="leadingest drift")
    for drift in drifts:
        _suite(root, drift)
    for counted in ("tests", "failures", "errors"):
        root.set(counted, str(sum(int(suite.get(counted, "0")) for suite in root)))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(root: ElementTree.Element, drift: SourceDrift) -> None:
    failing = len(drift.differences) - drift.count("safe")
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name=lines_only(drift.source),
        tests=str(max(1, len(drift.differences))),
        failures=str(failing),
        errors=str(int(bool(drift.message))),
    )
    if not drift.differences:
        case = ElementTree.SubElement(suite, "testcase", classname=lines_only(drift.source), name="drift")
        if drift.message:
            ElementTree.SubElement(case, "error", message=lines_only(drift.message))
    for difference in drift.differences:
        _case(suite, drift, difference)


def _case(suite: ElementTree.Element, drift: SourceDrift, difference: Difference) -> None:
    told = difference.told
    name = f"{difference.code} {difference.name}" + (f" {told.header}" if told.header else "")
    case = ElementTree.SubElement(
        suite, "testcase", classname=lines_only(drift.source), name=lines_only(name)
    )
    said = lines_only(f"expected {told.expected}, found {told.found}")
    if told.kind_class == "safe":
        ElementTree.SubElement(case, "system-out").text = said
        return
    failure = ElementTree.SubElement(case, "failure", type=told.kind_class, message=said)
    failure.text = lines_only(f"what to do: {told.advice}")


#: Writes the drift of the sources, in lines of at most `width` cells where that matters.
Write = Callable[..., str]

FORMATS: Final[Mapping[str, Write]] = {
    "text": drift_text,
    "json": drift_json,
    "markdown": drift_markdown,
    "html": drift_html,
    "github": drift_github,
    "junit": drift_junit,
}


def drift_report(drifts: Sequence[SourceDrift], name: str, *, width: int | None = None) -> str:
    """The drift of the sources in the format, in lines of at most `width` cells where that matters."""
    return FORMATS[name](drifts, width=width)
