"""The sections of a mapping that are a table of settings, each a model: a new one is a file and a line here.

Each has a key in `keys.MAPPING_KEYS` as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.mapping.guards import Guards
from leadingest.mapping.on_drift import OnDrift
from leadingest.mapping.rhythm import Rhythm


@dataclass(frozen=True)
class Section:
    """A model whose keys may stand in the section, and what the section is about, in a few words."""

    about: str
    model: type[BaseModel]


SECTIONS: Final = {
    "delivery": Section("how a file is found and read", DeliveryFormat),
    "guards": Section("what keeps a load from being published", Guards),
    "on_drift": Section("what a run does about drift", OnDrift),
    "expect": Section("how often a delivery is to arrive", Rhythm),
}
