"""The report in a real browser: in light and dark, on a wide screen, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from leadingest.reports.overview import overview_pages
from leadingest.reports.render.html import squeezed, write_pages
from tests.browser import LEFT_OUT, PHONE, WIDE, Look, browser, looking, missing, required
from tests.overview.made_up_sources import made_up_overview

PAGES = [
    "index.html",
    "sources/idaho.html",
    "sources/maine.html",
    "sources/montana.html",
    "sources/utah.html",
]


@pytest.fixture(scope="module", name="chromium")
def _chromium() -> Iterator[Any]:
    if why := missing():
        if required():
            pytest.fail(f"PAGES CANNOT BE TESTED: {why}", pytrace=False)
        pytest.skip(f"{LEFT_OUT}: {why}")
    with browser() as started:
        yield started


@pytest.fixture(scope="module", name="report")
def _report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    write_pages(folder, ((name, squeezed(text)) for name, text in overview_pages(made_up_overview())))
    return folder


@pytest.fixture(scope="module", params=[(WIDE, "light"), (WIDE, "dark"), (PHONE, "light")], name="look")
def _look(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Look]:
    size, scheme = request.param
    with looking(chromium, size=size, scheme=scheme) as look:
        yield look


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_the_window_fetches_nothing_and_complains_of_nothing(
    look: Look, report: Path, name: str
) -> None:
    look.open(report / name)
    wider = "[...document.querySelectorAll('body *')].filter(each => !each.closest('.scroll, svg, .hidden, thead') && each.getBoundingClientRect().right > innerWidth).map(each => each.outerHTML.slice(0, 200))"
    assert look.value(wider) == []
    assert look.value("document.documentElement.scrollWidth <= innerWidth")
    assert (look.fetched, look.console) == ([], [])


@pytest.mark.parametrize("name", ["index.html", "sources/idaho.html", "sources/montana.html"])
def test_everybody_can_read_a_page(look: Look, report: Path, name: str) -> None:
    look.open(report / name)
    look.value("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert look.hard_to_use() == []


@pytest.mark.parametrize("name", ["index.html", "sources/idaho.html"])
def test_a_squeezed_page_is_the_same_page(chromium: Any, report: Path, tmp_path: Path, name: str) -> None:
    seen = "[...document.body.querySelectorAll('*')].map(each => [each.nodeName, ...[...each.attributes].filter(a => a.name != 'xmlns').map(a => a.name + '=' + (a.name == 'd' ? a.value.replace(/ ?([A-Za-z]) ?/g, '$1') : a.value)), each.innerText?.trim()].join(' '))"
    styles = "[...document.styleSheets[0].cssRules].map(each => each.cssText.replaceAll(', ', ','))"
    (tmp_path / "page.html").write_text(dict(overview_pages(made_up_overview()))[name], encoding="utf-8")
    with looking(chromium) as look:
        look.open(report / name)
        small, small_styles = look.value(seen), look.value(styles)
        look.open(tmp_path / "page.html")
        assert small == look.value(seen)
        assert small_styles == look.value(styles)


@pytest.mark.parametrize("width", [320, 1024, 1030])
def test_no_table_but_the_one_of_fields_is_wider_than_the_page(
    chromium: Any, report: Path, width: int
) -> None:
    wider = "[...document.querySelectorAll('.scroll:not(.matrix)')].filter(each => each.scrollWidth > each.clientWidth).map(each => each.innerText.slice(0, 60))"
    with looking(chromium, size=(width, 900)) as look:
        for name in ("index.html", "sources/idaho.html"):
            look.open(report / name)
            assert look.value(wider) == []
            assert look.value("document.documentElement.scrollWidth") <= width


def test_what_is_hard_to_read_is_found(chromium: Any, tmp_path: Path) -> None:
    (tmp_path / "pale.html").write_text(
        "<html lang=en><title>t</title><main><h1>x</h1><p style='color: #ccc'>pale"
    )
    with looking(chromium) as look:
        look.open(tmp_path / "pale.html")
        assert look.hard_to_use() == ['color-contrast: <p style="color: #ccc">pale</p>']


def test_the_page_is_as_light_or_dark_as_its_reader_likes(chromium: Any, report: Path) -> None:
    def brightness(scheme: Literal["light", "dark"]) -> int:
        with looking(chromium, scheme=scheme) as look:
            look.open(report / "index.html")
            return sum(
                look.value("getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)")
            )

    assert brightness("dark") < 100
    assert brightness("light") > 600


def test_a_phone_shows_every_number_of_a_source_without_scrolling_sideways(
    chromium: Any, report: Path
) -> None:
    with looking(chromium, size=PHONE) as look:
        look.open(report / "index.html")
        inside = "[...document.querySelectorAll('.sources tbody td')].every(each => each.getBoundingClientRect().right <= innerWidth)"
        assert look.value(inside)
        look.open(report / "sources/idaho.html")
        label = "getComputedStyle(document.querySelector('.history td:nth-child(6)'), '::before').content"
        assert look.value(label) == '"rejected"'


def test_links_lead_from_a_number_to_its_examples_and_back(chromium: Any, report: Path) -> None:
    with looking(chromium) as look:
        look.open(report / "index.html")
        look.page.click("a[href='sources/idaho.html#rejects']")
        look.page.wait_for_url("**/idaho.html#rejects")
        assert look.page.locator("h1").inner_text() == "idaho on time"
        top = look.value("document.querySelector('#rejects').getBoundingClientRect().top")
        assert -1 < top < WIDE[1]
        look.page.click("nav a")
        look.page.wait_for_url("**/index.html")


def test_on_paper_everything_is_open_and_light(chromium: Any, report: Path) -> None:
    with looking(chromium, scheme="dark") as look:
        look.open(report / "sources/idaho.html")
        folded = "document.querySelector('details table').checkVisibility({contentVisibilityAuto: true})"
        assert not look.value(folded)
        look.page.emulate_media(media="print")
        assert look.value("document.querySelector('details table').getBoundingClientRect().height > 100")
        assert look.value("getComputedStyle(document.documentElement).colorScheme") == "light"
        look.open(report / "index.html")
        assert look.value(
            "document.querySelector('.matrix').scrollHeight <= document.querySelector('.matrix').clientHeight"
        )
        assert look.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
