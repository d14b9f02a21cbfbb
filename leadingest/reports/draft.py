"""What became of `leadingest new`."""

from __future__ import annotations

import shlex
from pathlib import Path

from leadingest.documents.nearest import listed
from leadingest.drafting.draft_mapping import Draft
from leadingest.ingest.mapping_index import shown_path
from leadingest.reports.printable import one_line
from leadingest.stores.location import Location
from leadingest.wording import counted


def draft_report(draft: Draft, written: Path, delivery: Location) -> str:
    """What was drafted from the delivery and written where, what is unsure, and what to do next."""
    sample, mapping, file = draft.sample, shown_path(written), shown_path(delivery)
    looked_at = counted(sample.records, "record") + ("" if sample.whole else ", the first of them")
    lines = [f"{mapping}: {counted(len(draft.fields), 'field')} drafted from {file} ({looked_at})"]
    if unsure := (*draft.unsure, *(f"delivery.{key}" for key in draft.settings.doubts)):
        lines.append(f"unsure: {', '.join(unsure)}")
    if draft.ignored:
        shown = [column.label for column in draft.ignored[:_SHOWN]]
        more = len(draft.ignored) - len(shown)
        names = listed([*shown, f"{more:,} more"] if more else shown, last="and")
        lines.append(f"not mapped: {one_line(names)}")
    if draft.better:
        country, table = draft.better
        lines += [
            f"the list looks like one of {country}; to draft it into the load table for lists of any country:",
            f"  leadingest new {draft.source} --file {shlex.quote(file)} --table {table} --force",
        ]
    lines += [
        "next: review the mapping, then check its result before loading anything:",
        f"  leadingest lint {shlex.quote(mapping)} --sample {shlex.quote(file)}",
        f"  leadingest preview --source {draft.source} --file {shlex.quote(file)}",
    ]
    return "".join(f"{line}\n" for line in lines)


def new_table_report(written: Path, begun_as: str) -> str:
    """Which load table was written, and what to do next."""
    return (
        f"{shown_path(written)}: a copy of {begun_as} to edit\n"
        f"next: mappings use it with `into: {written.stem}`, editors after `leadingest schema`\n"
    )


#: So many headers that no field takes are named.
_SHOWN = 8
