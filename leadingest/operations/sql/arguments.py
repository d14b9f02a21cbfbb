"""What the arguments of functions must be."""

from __future__ import annotations

from typing import Final

from leadingest.expressions import checked_pattern
from leadingest.operations.sql.functions.function import MOST_CHARACTERS, Argument
from leadingest.operations.sql.node import Node
from leadingest.operations.sql.operators import DATE_PARTS, DIRECTIVES

#: Characters of a regular expression.
LONGEST_PATTERN: Final = 1000


#: Flags that a regular expression may begin with. Source: documentation of the Rust crate `regex`, "Grouping and flags".
FLAGS: Final = frozenset("imsUux")


def checked_argument(kind: Argument, node: Node) -> str:
    """What should stand there instead of the node; nothing if it is as it must be.

    Raises FaultError for a regular expression that is none.
    """
    quoted = node.value if node.form == "text" else None
    match kind:
        case "text":
            return "" if quoted is not None else "a text in single quotes"
        case "pattern":
            return _pattern(quoted)
        case "flags":
            allowed = quoted and set(quoted) <= FLAGS
            return "" if allowed else "flags in single quotes, such as 'i',"
        case "count":
            fits = node.form == "number" and node.value.isdigit() and int(node.value) <= MOST_CHARACTERS
            return "" if fits else f"a whole number up to {MOST_CHARACTERS}, written out,"
        case "part":
            allowed = quoted and quoted.upper() in DATE_PARTS
            return (
                "" if allowed else f"one of {', '.join(part.lower() for part in DATE_PARTS)} in single quotes"
            )
        case "format":
            return _format(quoted)
        case "value":
            return ""


def _pattern(quoted: str | None) -> str:
    if quoted is None or len(quoted) > LONGEST_PATTERN:
        return f"a regular expression in single quotes, of at most {LONGEST_PATTERN} characters,"
    checked_pattern(quoted)
    return ""


def _format(quoted: str | None) -> str:
    directives = (quoted or "").replace("%%", "").split("%")[1:]
    allowed = quoted is not None and all(each[:1] and each[:1] in DIRECTIVES for each in directives)
    return "" if allowed else "a format in single quotes, such as '%m/%d/%Y',"
