"""The types a column may have: the list that registers them."""

from typing import Final

from leadingest.tables.types.base import ColumnType, Look
from leadingest.tables.types.boolean import Boolean
from leadingest.tables.types.country import CountryCode
from leadingest.tables.types.date import Date
from leadingest.tables.types.datetime import Datetime
from leadingest.tables.types.decimal import Decimal
from leadingest.tables.types.email import Email
from leadingest.tables.types.integer import Integer
from leadingest.tables.types.phone import Phone
from leadingest.tables.types.postal_code import PostalCode
from leadingest.tables.types.subdivision import Subdivision
from leadingest.tables.types.text import Text
from leadingest.tables.types.url import Url
from leadingest.tables.types.us_state import UsState
from leadingest.tables.types.us_zip import UsZip

TYPES: tuple[type[ColumnType], ...] = (
    Text,
    Integer,
    Decimal,
    Boolean,
    Date,
    Datetime,
    Phone,
    Email,
    Url,
    UsState,
    UsZip,
    CountryCode,
    Subdivision,
    PostalCode,
)

#: The looks of all types by what profiles call them: those that say most first.
LOOKS: Final[dict[str, Look]] = {
    look.kind: look
    for look in sorted((each.look for each in TYPES if each.look), key=lambda look: look.breadth)
}


def type_named(name: str) -> type[ColumnType] | None:
    """The type of that name, or None."""
    return next((each for each in TYPES if each.name == name), None)
