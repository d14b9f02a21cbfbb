"""What was found out about how a file is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leadingest.mapping.delivery_format import DeliveryFormat


@dataclass(frozen=True)
class DeliverySettings:
    """Keys of the `delivery` section that differ from their defaults, and of some why they may be wrong."""

    said: Mapping[str, Any] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)

    @property
    def format(self) -> DeliveryFormat:
        """The settings as readers take them."""
        return DeliveryFormat.model_validate(self.said)

    def adding(self, said: Mapping[str, Any], doubts: Mapping[str, str] | None = None) -> DeliverySettings:
        """These settings and more."""
        return DeliverySettings({**self.said, **said}, {**self.doubts, **(doubts or {})})
