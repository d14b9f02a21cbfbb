"""What can be recognized in a file: kinds that belong together in a file of this folder, one line each here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from leadingest.drafting.proposal import Proposal
from leadingest.drafting.recognizers.addresses import (
    recognize_address_with_commas,
    recognize_further_lines,
    recognize_one_line_address,
    recognize_post_code_and_town,
    recognize_street_pieces,
    recognize_unit_behind_street,
)
from leadingest.drafting.recognizers.ages import (
    recognize_age_groups,
    recognize_age_unit,
    recognize_ages,
    recognize_ages_inside,
)
from leadingest.drafting.recognizers.countries import recognize_country, recognize_regional
from leadingest.drafting.recognizers.person import recognize_e_mail_inside, recognize_person
from leadingest.drafting.recognizers.text import (
    recognize_lists,
    recognize_names_of_firms,
    recognize_text,
    recognize_trade_name,
    recognize_type_and_number,
)
from leadingest.drafting.recognizers.times import (
    recognize_dates,
    recognize_hours,
    recognize_opening_and_closing,
    recognize_weekdays,
)
from leadingest.drafting.recognizers.typed import (
    recognize_another_phone,
    recognize_area_code,
    recognize_count_with_words,
    recognize_empty,
    recognize_phone_extension,
    recognize_typed,
    recognize_zip_plus_four,
)
from leadingest.drafting.recognizers.unnamed import recognize_unnamed
from leadingest.drafting.recognizers.vocabulary import (
    recognize_flags,
    recognize_one_of_several,
    recognize_vocabulary,
    recognize_years,
)
from leadingest.drafting.sample import Task

#: Looks at the sample and proposes entries for fields of the load table.
Recognizer = Callable[[Task], Iterator[Proposal]]

#: Of two proposals as sure as each other, that of the earlier recognizer is taken.
RECOGNIZERS: Final[tuple[Recognizer, ...]] = (
    recognize_text,
    recognize_country,
    recognize_regional,
    recognize_typed,
    recognize_dates,
    recognize_flags,
    recognize_vocabulary,
    recognize_years,
    recognize_one_of_several,
    recognize_person,
    recognize_e_mail_inside,
    recognize_type_and_number,
    recognize_trade_name,
    recognize_names_of_firms,
    recognize_lists,
    recognize_one_line_address,
    recognize_street_pieces,
    recognize_further_lines,
    recognize_unit_behind_street,
    recognize_address_with_commas,
    recognize_post_code_and_town,
    recognize_zip_plus_four,
    recognize_count_with_words,
    recognize_phone_extension,
    recognize_area_code,
    recognize_another_phone,
    recognize_age_groups,
    recognize_ages,
    recognize_ages_inside,
    recognize_age_unit,
    recognize_weekdays,
    recognize_opening_and_closing,
    recognize_hours,
    recognize_unnamed,
    recognize_empty,
)
