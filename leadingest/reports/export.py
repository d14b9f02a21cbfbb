"""What came of an export."""

from __future__ import annotations

from leadingest.exporting.export_leads import Exported
from leadingest.reports.printable import one_line
from leadingest.wording import counted


def export_text(done: Exported, *, shown: str) -> str:
    """How many leads went where, and what became of the others; `shown` is the file as the user named it."""
    counts, name = done.counts, done.request.name
    to = f"to {one_line(shown)}" if done.written else f"would be written to {one_line(shown)} (dry run)"
    if name and not counts.written:
        since = f" since {done.last.exported_at:%Y-%m-%d %H:%M} UTC" if done.last else ""
        lines = [f"{name}: nothing new or changed{since}: no file was written"]
    else:
        lines = [f"{f'{name}: ' if name else ''}{counted(counts.written, 'lead')} {to}"]
    if name:
        lines.append(
            f"  {counts.new:,} new, {counts.changed:,} changed, {counts.reappeared:,} reappeared; "
            f"{counts.known:,} unchanged, {counts.gone:,} removed"
        )
    if counts.left_out:
        lines.append(f"  {counted(counts.left_out, 'published lead')} not selected")
    if done.written:
        lines.append(f"  content described in {one_line(shown)}.json")
    return "".join(f"{line}\n" for line in lines)
