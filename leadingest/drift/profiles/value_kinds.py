"""What the cells of a column can be read as, told by how they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from leadingest.addresses.us_states import STATES

#: Each kind with the pattern that the whole cell matches. They follow the types of the load table in their usual
#: spellings, and cost a fraction of reading a cell as its type; dates are told by their formats.
KINDS: Final[Mapping[str, str]] = {
    "integer": r"^[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?$",
    "decimal": r"^[+-]?(?:(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?|\.[0-9]+)$",
    "boolean": r"^(?i:y|yes|true|t|1|n|no|false|f|0)$",
    "phone": r"^(?:\+?1[ .\-/]*)?(?:\( ?)?[2-9][0-9]{2}(?: ?\))?[ .\-/]*[2-9][0-9]{2}[ .\-/]*[0-9]{4}(?:[ ,;]*(?i:x|ext\.?|#)[ .:#]*[0-9]{1,7})?$",
    "email": r"^[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}$",
    "url": r"^(?i:https?://|www\.)\S+$",
    "us_state": rf"^(?i:{'|'.join([*STATES, *STATES.values()])})$",
    "us_zip": r"^[0-9]{5}(?:-?(?:[0-9]{4})?)?$",
}

#: A cell that may be a date: only these are tried by format.
MAYBE_DATE: Final = r"^(?:[0-9]{1,4}[/.\-][0-9]{1,2}[/.\-][0-9]{2,4}|[0-9]{8}|[0-9]{1,2}[ \-][A-Za-z]{3,9}[ \-,]+[0-9]{2,4}|[A-Za-z]{3,9} [0-9]{1,2}, ?[0-9]{4})(?:[T ].*)?$"
