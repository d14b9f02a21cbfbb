"""Tests of leadingest.reports.page."""

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from leadingest.reports.page import page


def test_a_page_that_misses_content_is_not_made() -> None:
    with pytest.raises(UndefinedError):
        page("preview")


def test_there_is_no_other_page() -> None:
    with pytest.raises(TemplateNotFound):
        page("nonsense")
