"""A guard: `sent_before`."""

from __future__ import annotations

from leadingest.ingest.guards.guard import LoadFacts


def sent_before(facts: LoadFacts) -> str:
    """Keeps the very bytes of a load that is older than the published one: an old file was sent once more."""
    published, before = facts.published, facts.sent_before
    if facts.guards.sent_before == "publish" or published is None or before is None:
        return ""
    if published.file_sha256 == facts.new.file_sha256 or before.load_id > published.load_id:
        return ""
    return (
        f"the file has the same bytes as that of load {before.load_id}, of {before.started_at:%Y-%m-%d}, "
        f"which is older than the published load {published.load_id}"
    )
