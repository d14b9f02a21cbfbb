"""What the sections of a mapping that are tables of settings have in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator


class SectionModel(BaseModel):
    """Settings under one key of a mapping: none that there is not, and none without a value."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _given(cls, value: Any) -> Any:
        if value is None:
            raise ValueError("must have a value; leave the key out for the default")
        return value
