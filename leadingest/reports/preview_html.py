"""A preview as an HTML page."""

from leadingest.ingest.preview import Preview
from leadingest.reports.page import page


def preview_html(preview: Preview) -> str:
    """One page that can be sent on: what each field is like, then the records beside their leads."""
    counts = preview.counts
    return page("preview", preview=preview, counts=counts, leads=max(counts.loaded, 1))
