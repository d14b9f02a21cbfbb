"""HTML pages that need nothing beside them, written one by one or into a folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from leadingest.errors import ConfigurationError
from leadingest.reports.printable import lines_only
from leadingest.reports.render.text import NO_TERMINAL
from leadingest.reports.report import Block, Fitted, Report, spans
from leadingest.reports.wording import ago, change, clock, day, named_headers, why
from leadingest.stores.location import Location
from leadingest.stores.open_store import open_store
from leadingest.tables.types.base import stored_text
from leadingest.wording import counted, number, percent

_STYLE: Final = re.compile(r"(?<=<style>).*?(?=</style>)", re.DOTALL)
#: White space around what parts rules and declarations; one in a selector means something and stays.
_AROUND: Final = re.compile(r"\s*([{};,])\s*|(?<=:) +")
#: End tags that may be left out. Source: HTML Standard, section 13.1.2.4, for tables and lists without comments.
_OPTIONAL: Final = re.compile(r"</(?:td|th|tr|thead|tbody|tfoot|li|dt|dd)>\s*")
#: White space beside the letters of a path.
_PATH: Final = re.compile(r"(?<= d=\")[^\"]+")
_BESIDE: Final = re.compile(r" ?([A-Za-z]) ?")
#: What messages write as code.
_CODE: Final = re.compile(r"`([^`\n]+)`")
#: An SVG inside a page needs no name of its language.
_NAMESPACE: Final = ' xmlns="http://www.w3.org/2000/svg"'


def squeezed(page: str) -> str:
    """The page in fewer bytes; what others wrote must be escaped in it."""
    page = _STYLE.sub(lambda style: _AROUND.sub(r"\1", style[0]).replace(";}", "}"), page)
    page = _PATH.sub(lambda path: _BESIDE.sub(r"\1", path[0]), page)
    return _OPTIONAL.sub("", page.replace(_NAMESPACE, ""))


if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def render(report: Report) -> Iterator[str]:
    """The page of its own that a report has, or else its body as one, a piece at a time."""
    page = report.page()
    if page:
        yield from _environment().get_template(f"{page.template}.html").generate(page.content)
    else:
        blocks = _blocks(chain(report.body(), report.errors()))
        yield from _environment().get_template("body.html").generate(report=report, blocks=blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with what it is."""
    for block in blocks:
        if isinstance(block, Fitted):
            yield from _blocks(block.blocks(NO_TERMINAL))
        else:
            yield type(block).__name__, block


def page(template: str, **content: Any) -> str:
    """The page `pages/<template>.html` with the content; every text in it is escaped."""
    return _environment().get_template(f"{template}.html").render(content)


@cache
def _environment() -> Environment:
    """The templates, each of them read once, with what they say numbers and days by."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("leadingest", "reports/pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # A page may be printed to a terminal by mistake. What is markup stays so.
        finalize=lambda value: type(value)(lines_only(value)) if isinstance(value, str) else value,
    )
    environment.filters |= {
        "ago": ago,
        "blocks": _blocks,
        "change": change,
        "clock": clock,
        "counted": counted,
        "day": day,
        "named": named_headers,
        "number": number,
        "prose": _prose,
        "spans": spans,
        "stored": stored_text,
    }
    environment.globals |= {"percent": percent, "why": why}
    return environment


def _prose(text: str) -> Markup:
    """What a message says, with the code in its backticks as code; all of it is escaped."""
    from markupsafe import Markup, escape

    pieces = enumerate(_CODE.split(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(each) if at % 2 else escape(each) for at, each in pieces
    )


#: By this a page is known as one of ours, which may be removed.
_OURS = b'<meta name="generator" content="leadingest report">'
_HEAD = 1000


def write_pages(folder: Location, pages: Iterable[tuple[str, str]]) -> int:
    """Write each page whole or not at all, and remove those of an earlier report that there are no more.

    `pages` come with their names relative to the folder, the one that leads to the others last. Gives the bytes
    written. Raises ConfigurationError where the folder cannot be written to, StoreError where the bucket cannot.
    """
    store, written = open_store(folder), dict[str, int]()
    try:
        for name, text in pages:
            content = text.encode()
            store.put(name, content)
            written[name] = len(content)
        folders = {name.rpartition("/")[0] for name in written}
        found = (f"{each}/{name}".lstrip("/") for each in folders for name in store.names(each))
        old = [key for key in found if key.endswith(".html") and key not in written]
        store.delete(key for key in old if _OURS in store.read(key).content[:_HEAD])
    except OSError as error:
        raise ConfigurationError(
            f"cannot write the report to {folder}: {error.strerror or error}",
            hint="name another folder with --out, or give this user permission to write there",
        ) from error
    return sum(written.values())
