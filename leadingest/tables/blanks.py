"""What stands in a file and holds nothing."""

from typing import Final

#: Taken off both ends of every cell: white space of all kinds, zero-width characters, control characters.
BLANKS: Final = (
    "".join(map(chr, range(0x21)))
    + "\x7f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
    + "".join(map(chr, range(0x2000, 0x200E)))
)
