"""Charts as SVG that stands inside a page: no text but what is escaped, no colour but the classes of the page."""
