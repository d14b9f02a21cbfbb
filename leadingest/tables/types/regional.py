"""Types whose values are read by the rules of a country."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import Annotated, ClassVar, Self

import polars as pl
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic.json_schema import SkipJsonSchema

from leadingest.addresses.countries import country_codes
from leadingest.tables.types.base import ColumnType
from leadingest.tables.types.country import CountryCode

#: What a mapping or a load table says where there is no country by whose rules values are read.
NO_REGION = "none"


def _one_or_more(names: object) -> object:
    return (names,) if isinstance(names, str) else names


_Names = Annotated[tuple[str, ...], BeforeValidator(_one_or_more, json_schema_input_type=str | list[str])]


class RegionOf(BaseModel):
    """The country of each record: in a column of the delivery or a `let` value, or in another field of the lead.

    A mapping names the first, a load table the second.
    """

    model_config = ConfigDict(
        defer_build=True,
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        json_schema_extra={"required": ["from"]},
    )

    headers: _Names = Field(default=(), alias="from", description="The header, or the `let` value.")
    #: The field, one of the type `country`.
    column: SkipJsonSchema[str] = ""

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if bool(self.headers) == bool(self.column):
            raise ValueError("must name a header with `from`, or a field of the lead with `column`")
        return self


#: The code of a country, `none`, or where the country of each record stands.
Region = RegionOf | Annotated[str, Field(json_schema_extra={"pattern": f"^(?:[A-Z]{{2}}|{NO_REGION})$"})]


class Regional(ColumnType):
    """Base of the types whose values are read by the rules of a country.

    That is one for all records, `region: FR`, or another for each of them.
    """

    region: Region = Field(
        default=NO_REGION,
        description="The country: its two-letter code, or `{from: HEADER}` for a column (or `let` value) with codes or "
        "names of countries.",
    )

    mapping_options: ClassVar[frozenset[str]] = frozenset({"region"})

    @field_validator("region")
    @classmethod
    def _known_region(cls, region: Region) -> Region:
        if isinstance(region, str) and region != NO_REGION and not cls.knows(region):
            raise ValueError("must be the two capital letters of a country, such as US, CA or GB")
        return region

    @classmethod
    def knows(cls, region: str) -> bool:
        """Whether there are rules of this country."""
        return country_codes().get(region) == region

    @property
    def region_of(self) -> RegionOf | None:
        """Where the country of each record stands; None where it is one for all, or none."""
        return self.region if isinstance(self.region, RegionOf) else None

    @abstractmethod
    def parse_in(self, text: pl.Expr, region: str | None) -> pl.Expr:
        """As `parse`, by the rules of the country; without one, what can be read in any."""

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        one = isinstance(self.region, str) and self.region != NO_REGION
        return self.parse_in(text, str(self.region) if one else None)

    def parse_beside(self, text: pl.Expr, regions: pl.Expr) -> pl.Expr:
        """As `parse`, by the rules of the country that stands beside each text, as its code or name."""

        def work_out(pairs: pl.Series) -> pl.Series:
            frame = pairs.struct.unnest().with_row_index("row")
            known = CountryCode().parse(pl.col("region"), today=date.min)
            parts = [
                part.select("row", value=self.parse_in(pl.col("text"), code))
                for (code,), part in frame.with_columns(known.alias("region")).group_by("region")
            ]
            return pl.concat(parts).sort("row")["value"] if parts else frame["text"]

        pairs = pl.struct(text.alias("text"), regions.alias("region"))
        return pairs.map_batches(work_out, return_dtype=self.dtype, is_elementwise=True)
