"""Which of several encodings a file is written in."""

import codecs
from typing import Final, NamedTuple

from leadingest.deliveries.compression import open_unpacked
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.encoding import holds_ascii, marked_encoding
from leadingest.deliveries.other_encoding import is_utf8
from leadingest.mapping.delivery_format import DeliveryFormat

_STEP: Final = 1 << 20


class Fitting(NamedTuple):
    """The encoding to read a text file in: None where it is UTF-8, or what its byte order mark says."""

    encoding: str | None
    #: That of the few lines that are not in it, if there are any.
    other: str | None = None


def fitting_encoding(delivery: Delivery, fmt: DeliveryFormat) -> Fitting:
    """The encoding of a delivery.

    Of several that the mapping names it is the first in which the whole file decodes, else the last. A file of which
    most lines beyond ASCII are UTF-8 is UTF-8, if the mapping names that, and the next encoding is for the others. To
    find it out the file is read once for each but the last, and once more where it does not fit UTF-8.
    """
    if len(fmt.encoding) < 2:
        return Fitting(fmt.encoding[0] if fmt.encoding else None)
    with open_unpacked(delivery, fmt) as stream:
        if marked_encoding(stream.read(4)):
            return Fitting(None)
    for encoding, following in zip(fmt.encoding, fmt.encoding[1:], strict=False):
        if _fits(delivery, fmt, encoding):
            return Fitting(encoding)
        if encoding == "utf-8" and holds_ascii(following) and _mostly_utf8(delivery, fmt):
            return Fitting(encoding, following)
    return Fitting(fmt.encoding[-1])


def _fits(delivery: Delivery, fmt: DeliveryFormat, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with open_unpacked(delivery, fmt) as stream:
        try:
            while piece := stream.read(_STEP):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _mostly_utf8(delivery: Delivery, fmt: DeliveryFormat) -> bool:
    """Whether most lines with anything but ASCII are UTF-8."""
    fitting = others = 0
    cut_off = b""
    with open_unpacked(delivery, fmt) as stream:
        while piece := stream.read(_STEP):
            *lines, cut_off = (cut_off + piece).split(b"\n")
            if len(cut_off) > 16 * _STEP:
                return False
            for line in lines:
                if not line.isascii():
                    fits = is_utf8(line)
                    fitting, others = fitting + fits, others + (not fits)
    return fitting > others + (not is_utf8(cut_off))
