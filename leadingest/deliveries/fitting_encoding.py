"""Which of several encodings a file is written in."""

import codecs
from typing import Final

from leadingest.deliveries.compression import open_unpacked
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.encoding import marked_encoding
from leadingest.mapping.delivery_format import DeliveryFormat

_STEP: Final = 1 << 20


def fitting_encoding(delivery: Delivery, fmt: DeliveryFormat) -> str | None:
    """The encoding to read a text file in; None where it is UTF-8, or what its byte order mark says.

    Of several that the mapping names it is the first in which the whole file decodes, else the last. To find
    it out the file is read once for each but the last.
    """
    if len(fmt.encoding) < 2:
        return fmt.encoding[0] if fmt.encoding else None
    with open_unpacked(delivery, fmt) as stream:
        if marked_encoding(stream.read(4)):
            return None
    return next(
        (encoding for encoding in fmt.encoding[:-1] if _fits(delivery, fmt, encoding)), fmt.encoding[-1]
    )


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
