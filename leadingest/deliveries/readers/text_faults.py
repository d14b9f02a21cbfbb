"""Faults of a text file in words."""

from leadingest.deliveries.readers.structure import Fault
from leadingest.errors import DeliveryError


def fault_error(fault: Fault, block: bytes, name: str, first_line: int) -> DeliveryError:
    """The error for a fault in a block that starts on `first_line`."""
    at, reason = fault.offset, fault.reason
    line = first_line + block.count(b"\n", 0, at)
    if fault.opened is not None:
        opened = first_line + block.count(b"\n", 0, fault.opened)
        if opened != line:
            reason = f"{reason} (the quote was opened on line {opened})"
    return text_error(reason, name, line, backslashes=b'\\"' in block[max(at - 4096, 0) : at + 4096])


def text_error(reason: str, name: str, line: int, *, backslashes: bool = False) -> DeliveryError:
    """`backslashes`: quotes nearby have one before them."""
    return DeliveryError(f"{name}: line {line}: {reason}", hint=_hint(reason, backslashes), line=line)


def _hint(reason: str, backslashes: bool) -> str:
    if "NUL" in reason:
        return "if the file is UTF-16, declare it with `encoding`; else ask for the file again"
    if "quote" in reason and backslashes:
        return 'quotes in the file have a backslash before them: add `escape: "\\"` to the delivery section'
    if "quote" in reason:
        return "mend the line; if quotes mean nothing in this file, set `quote: none` in the delivery section"
    if "carriage return" in reason:
        return "mend the line, or write the file with one kind of line end"
    if "blank line" in reason:
        return "remove the line; if what follows it is no record, declare it as `footer`"
    return "mend the line, or check `delimiter`, `quote` and `footer` in the delivery section of the mapping"
