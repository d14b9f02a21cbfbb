"""The picture of the report that README.md and docs/report.md show, made from made-up sources.

python -m tests.report_picture docs/report.png
"""

from __future__ import annotations

import argparse
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from leadingest.reports.overview import overview_pages
from leadingest.reports.render.html import write_pages
from tests.browser import browser, looking
from tests.overview.made_up_sources import made_up_overview

#: Of the page, in pixels.
SIZE = (1120, 1960)
#: Shades that it is drawn in: with all there are it would be three times as large.
COLORS = 256


def draw(file: Path) -> None:
    """Write the picture as PNG."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    with TemporaryDirectory() as folder, browser() as chromium, looking(chromium, size=SIZE) as look:
        write_pages(Path(folder), overview_pages(made_up_overview()))
        look.open(Path(folder) / "index.html")
        shot = BytesIO(look.page.screenshot())
    shown = PngInfo()
    shown.add_text("page", digest_of_page())
    few = Image.open(shot).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
    few.save(file, optimize=True, pnginfo=shown)


def digest_of_page() -> str:
    """The SHA-256 of the page. It stands in the picture, to tell whether it is of the page as it is now."""
    *_, (_, page) = overview_pages(made_up_overview())
    return sha256(page.encode()).hexdigest()


def main() -> None:
    """Write the picture that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.report_picture", description="Draw the report.")
    parser.add_argument("file", type=Path)
    draw(parser.parse_args().file)


if __name__ == "__main__":
    main()
