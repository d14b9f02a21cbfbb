"""The words of the mapping language: what happens to a value.

The words of an entry apply in the order in which it writes them; `OPERATIONS` is the order in which they are told of.
`CHECKS` come after the type.
"""

from leadingest.operations.ages import Ages
from leadingest.operations.base import Operation
from leadingest.operations.case import Case
from leadingest.operations.checks.base import Check
from leadingest.operations.checks.max import Max
from leadingest.operations.checks.min import Min
from leadingest.operations.checks.one_of import OneOf
from leadingest.operations.checks.pattern import Pattern
from leadingest.operations.checks.required import Required
from leadingest.operations.checks.unique import Unique
from leadingest.operations.dba import Dba
from leadingest.operations.default import Default
from leadingest.operations.digits import Digits
from leadingest.operations.each import Each
from leadingest.operations.extract import Extract
from leadingest.operations.flag import Flag
from leadingest.operations.hours import Hours
from leadingest.operations.in_years import InYears
from leadingest.operations.json_path import JsonPath
from leadingest.operations.lookup import Lookup
from leadingest.operations.nulls import Nulls
from leadingest.operations.pad import Pad
from leadingest.operations.person import Person
from leadingest.operations.prefix import Prefix
from leadingest.operations.replace import Replace
from leadingest.operations.split import Split
from leadingest.operations.squeeze import Squeeze
from leadingest.operations.strip import Strip
from leadingest.operations.suffix import Suffix
from leadingest.operations.unescape import Unescape
from leadingest.operations.us_address import UsAddress
from leadingest.operations.values import Values

OPERATIONS: tuple[type[Operation], ...] = (
    Nulls,
    Unescape,
    JsonPath,
    Strip,
    Squeeze,
    Replace,
    Extract,
    Split,
    Digits,
    Pad,
    InYears,
    Ages,
    Flag,
    Hours,
    Person,
    Dba,
    UsAddress,
    Case,
    Values,
    Lookup,
    Each,
    Prefix,
    Suffix,
    Default,
)

CHECKS: tuple[type[Check], ...] = (Required, Min, Max, OneOf, Pattern, Unique)
