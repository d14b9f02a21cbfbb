"""What can be recognised in a file: kinds that belong together in a file of this folder, one line each here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from leadingest.drafting.proposal import Proposal
from leadingest.drafting.recognisers.addresses import recognise_one_line_address, recognise_street_pieces
from leadingest.drafting.recognisers.ages import (
    recognise_age_groups,
    recognise_age_range,
    recognise_age_words,
)
from leadingest.drafting.recognisers.dates import recognise_dates
from leadingest.drafting.recognisers.flags import recognise_flags
from leadingest.drafting.recognisers.person import recognise_person
from leadingest.drafting.recognisers.schedule import recognise_hours, recognise_weekdays
from leadingest.drafting.recognisers.text import (
    recognise_text,
    recognise_trade_name,
    recognise_type_and_number,
)
from leadingest.drafting.recognisers.typed import (
    recognise_empty,
    recognise_phone_extension,
    recognise_typed,
    recognise_unnamed,
)
from leadingest.drafting.recognisers.vocabulary import recognise_vocabulary
from leadingest.drafting.sample import Task

#: Looks at the sample and proposes entries for fields of the load table.
Recogniser = Callable[[Task], Iterator[Proposal]]

#: Of two proposals as sure as each other, that of the earlier recogniser is taken.
RECOGNISERS: Final[tuple[Recogniser, ...]] = (
    recognise_text,
    recognise_typed,
    recognise_dates,
    recognise_flags,
    recognise_vocabulary,
    recognise_person,
    recognise_type_and_number,
    recognise_trade_name,
    recognise_one_line_address,
    recognise_street_pieces,
    recognise_phone_extension,
    recognise_age_groups,
    recognise_age_words,
    recognise_age_range,
    recognise_weekdays,
    recognise_hours,
    recognise_unnamed,
    recognise_empty,
)
