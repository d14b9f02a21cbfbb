"""One of the `tests:` of a mapping: a made-up record, and what must become of it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from leadingest.operations.switch import Switch


class Expectation(BaseModel):
    """A made-up record with the lead that it must become, or that it is rejected or filtered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record: dict[str, str] = Field(
        description="The cells by header; headers that the mapping reads and the record leaves out are blank."
    )
    about: str = Field(default="", description="What the test is about, in a sentence.")
    lead: dict[str, str] | None = Field(
        default=None,
        description="Fields of the lead with their stored form; an empty text is a blank. Other fields are not looked at.",
    )
    invalid: tuple[str, ...] = Field(
        default=(), description="The fields whose cells cannot be read, all of them."
    )
    rejected: str | None = Field(default=None, description="The field for which the record is rejected.")
    filtered: Switch | None = Field(default=None, description="`true`: the record is left out by `where`.")

    @field_validator("record", "lead", mode="before", json_schema_input_type=dict[str, str | None])
    @classmethod
    def _nothing_is_blank(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {" ".join(key.split()): "" if cell is None else cell for key, cell in value.items()}
        return value

    @model_validator(mode="after")
    def _one_outcome(self) -> Expectation:
        outcomes = [self.lead is not None, self.rejected is not None, bool(self.filtered)]
        if outcomes.count(True) != 1:
            raise ValueError("must say one thing of the record: lead, rejected or filtered")
        if self.invalid and self.lead is None:
            raise ValueError("can have invalid values only where the record becomes a lead")
        return self
