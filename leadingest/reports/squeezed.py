"""Pages without what a browser does not need: hundreds of rows and hundreds of pages add up."""

from __future__ import annotations

import re
from typing import Final

_STYLE: Final = re.compile(r"(?<=<style>).*?(?=</style>)", re.DOTALL)
#: White space around what parts rules and declarations; one in a selector means something and stays.
_AROUND: Final = re.compile(r"\s*([{};,])\s*|(?<=:) +")
#: End tags that may be left out. Source: HTML Standard, section 13.1.2.4, for tables and lists without comments.
_OPTIONAL: Final = re.compile(r"</(?:td|th|tr|thead|tbody|tfoot|li|dt|dd)>\s*")
#: White space beside the letters of a path.
_PATH: Final = re.compile(r"(?<= d=\")[^\"]+")
_BESIDE: Final = re.compile(r" ?([A-Za-z]) ?")
#: An SVG inside a page needs no name of its language.
_NAMESPACE: Final = ' xmlns="http://www.w3.org/2000/svg"'


def squeezed(page: str) -> str:
    """The same page in fewer bytes; `page` is one of ours: what others wrote is escaped in it."""
    page = _STYLE.sub(lambda style: _AROUND.sub(r"\1", style[0]).replace(";}", "}"), page)
    page = _PATH.sub(lambda path: _BESIDE.sub(r"\1", path[0]), page)
    return _OPTIONAL.sub("", page.replace(_NAMESPACE, ""))
