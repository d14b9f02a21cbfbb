"""The words that say where the value of an entry comes from: one of them stands in every entry."""

from leadingest.operations.sources.base import Source
from leadingest.operations.sources.const import Const
from leadingest.operations.sources.days import Days
from leadingest.operations.sources.first_of import FirstOf
from leadingest.operations.sources.flags import Flags
from leadingest.operations.sources.header import Header
from leadingest.operations.sources.join import Join
from leadingest.operations.sources.last_of import LastOf
from leadingest.operations.sources.sql import Sql

SOURCES: tuple[type[Source], ...] = (Header, Const, FirstOf, LastOf, Join, Flags, Days, Sql)
