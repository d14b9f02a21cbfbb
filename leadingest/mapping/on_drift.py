"""The `on_drift:` section of a mapping: what a run does about a delivery that is not what was expected."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from leadingest.mapping.delivery_values import one_of
from leadingest.mapping.section_model import SectionModel

#: The difference is kept with the load; the load is held as well; it fails.
DriftFate = Literal["note", "hold", "fail"]
_Fate = Annotated[DriftFate, BeforeValidator(one_of("note", "hold", "fail"))]


class OnDrift(SectionModel):
    """What a run does about each kind of drift: `note` it, `hold` the load until somebody approves it, or `fail`.

    What the mapping has an answer to is only noted: a new column that it ignores, a header that is one of its aliases.
    """

    missing: _Fate = Field(
        default="fail",
        description="A column that the mapping reads is gone, or called otherwise. With `hold` or `note` its fields are empty.",
    )
    added: _Fate = Field(default="note", description="A column that is neither read nor ignored.")
    gone: _Fate = Field(default="note", description="A column that nothing read is gone.")
    order: _Fate = Field(default="note", description="The columns stand in another order.")
    headers: _Fate = Field(default="note", description="A header is blank, or stands twice.")
    names: _Fate = Field(
        default="hold",
        description="`names` of the mapping stand over columns that the file calls otherwise than before.",
    )
    unreadable: _Fate = Field(default="note", description="More cells of a field cannot be read.")
    values: _Fate = Field(default="note", description="Values that a value map does not have.")
    dates: _Fate = Field(default="note", description="Dates in a format that the mapping does not have.")
    types: _Fate = Field(
        default="note", description="A column holds something of another kind: digits became text."
    )
    empty: _Fate = Field(default="note", description="Many more cells of a column are empty.")
    repeats: _Fate = Field(default="note", description="What told records apart does so no more.")
    filled: _Fate = Field(default="note", description="Far fewer or far more leads have a value in a field.")
    emptied: _Fate = Field(default="hold", description="A field that leads had is blank in all of them.")
    invalid: _Fate = Field(
        default="note",
        description="Not one cell of a field can be read; see `most_invalid` of `guards` as well.",
    )
    swapped: _Fate = Field(default="hold", description="Two columns have changed places.")
    shares: _Fate = Field(
        default="note", description="The values of a vocabulary, or of a yes or no, are spread otherwise."
    )
    quantiles: _Fate = Field(
        default="note", description="Numbers of another size, dates of other years: months instead of years."
    )
    keys: _Fate = Field(
        default="note",
        description="Few leads have a key that was there before, or the key is the number of the record; see "
        "`least_keys_in_common` of `guards` as well.",
    )
    records: _Fate = Field(default="note", description="Far fewer or far more records; see `guards` as well.")
    file: _Fate = Field(
        default="note", description="Encoding, delimiter, format or the place of the header changed."
    )

    source: _Fate = Field(
        default="hold", description="The delivery looks like one of another source of the project."
    )

    def fate(self, word: str) -> DriftFate:
        """What becomes of a load whose delivery differs in the way that the word is for."""
        fate: DriftFate = getattr(self, word)
        return fate
