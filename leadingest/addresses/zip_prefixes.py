"""In which state a ZIP code is, by its first three digits."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

#: The first prefix of each state, in order; it ends where the next one begins. Source: USPS, "L002 3-Digit ZIP Code
#: Prefix Matrix". "" begins where no state is: not used, or military.
_BEGINS: Final = {
    5: "NY", 6: "PR", 8: "VI", 9: "PR", 10: "MA", 28: "RI", 30: "NH", 39: "ME", 50: "VT", 55: "MA", 56: "VT", 60: "CT",
    70: "NJ", 90: "", 100: "NY", 150: "PA", 197: "DE", 200: "DC", 201: "VA", 202: "DC", 206: "MD", 220: "VA", 247: "WV",
    269: "", 270: "NC", 290: "SC", 300: "GA", 320: "FL", 340: "", 341: "FL", 350: "AL", 370: "TN", 386: "MS", 398: "GA",
    400: "KY", 428: "", 430: "OH", 460: "IN", 480: "MI", 500: "IA", 529: "", 530: "WI", 550: "MN", 569: "", 570: "SD",
    580: "ND", 589: "", 590: "MT", 600: "IL", 630: "MO", 660: "KS", 680: "NE", 694: "", 700: "LA", 716: "AR", 730: "OK",
    733: "TX", 734: "OK", 750: "TX", 800: "CO", 817: "", 820: "WY", 832: "ID", 839: "", 840: "UT", 848: "", 850: "AZ",
    866: "", 870: "NM", 885: "TX", 886: "", 889: "NV", 899: "", 900: "CA", 962: "", 967: "HI", 969: "GU", 970: "OR",
    980: "WA", 995: "AK",
}  # fmt: skip
_FIRST: Final = list(_BEGINS)


def state_of(zip_code: str) -> str:
    """The code of the state of a ZIP code that begins with three digits; "" where there is none."""
    place = bisect_right(_FIRST, int(zip_code[:3]))
    return _BEGINS[_FIRST[place - 1]] if place else ""
