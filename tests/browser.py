"""A real browser, Debian's chromium or what is like it elsewhere, to open the pages that we write."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

#: Set to 1 where a test that is skipped for want of a browser is a failure.
REQUIRED = "LEADINGEST_TEST_REQUIRE_BROWSER"

#: How a test says that it is skipped.
LEFT_OUT = "THE BROWSER IS LEFT OUT"

WIDE, PHONE = (1280, 900), (390, 844)


def missing() -> str:
    """What this machine lacks; nothing where it has all."""
    if not _program():
        return "there is no chromium; `make test` installs it"
    lacking = [name for name in ("playwright", "axe_playwright_python") if not find_spec(name)]
    return f"{' and '.join(lacking)} not installed; `make test` does it" if lacking else ""


@dataclass
class Look:
    """A page as somebody sees it. `asked` has what was fetched beside the page, `said` what the console says."""

    page: Any
    fetched: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def open(self, file: Path) -> None:
        """Open a file as a double click does."""
        self.fetched.clear()
        self.page.goto(file.as_uri())
        self.fetched.remove(file.as_uri())

    def value(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        return self.page.evaluate(expression)

    def hard_to_use(self) -> list[str]:
        """What keeps some people from reading the page, as axe finds it: contrast, headings, tables, keyboard, …"""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


@contextmanager
def browser() -> Iterator[Any]:
    """The browser, for as long as the block lasts."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        # Its sandbox needs rights that a container does not give; it opens no page but ours.
        started = driver.chromium.launch(executable_path=_program(), args=["--no-sandbox"])
        try:
            yield started
        finally:
            started.close()


@contextmanager
def looking(
    browser: Any,
    *,
    size: tuple[int, int] = WIDE,
    scheme: Literal["light", "dark"] = "light",
    scale: float = 1,
) -> Iterator[Look]:
    """Somebody with a window of this size in pixels, who likes it light or dark."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=scale
    )
    look = Look(context.new_page())
    look.page.on("request", lambda request: look.fetched.append(request.url))
    look.page.on("console", lambda message: look.console.append(message.text))
    look.page.on("pageerror", lambda error: look.console.append(str(error)))
    try:
        yield look
    finally:
        context.close()


def _program() -> str | None:
    """Debian's chromium; on Ubuntu, whose package of that name is none, Chrome."""
    return shutil.which("chromium") or shutil.which("google-chrome")


def required() -> bool:
    """Whether a test that is skipped is a failure."""
    return os.environ.get(REQUIRED) == "1"
