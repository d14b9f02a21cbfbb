"""A profile as it is kept with a load."""

from __future__ import annotations

from dataclasses import replace

from leadingest.drift.profiles.personal import without_personal
from leadingest.drift.profiles.profile import DeliveryProfile
from leadingest.mapping.models import Mapping


def kept_profile(profile: DeliveryProfile, mapping: Mapping) -> DeliveryProfile:
    """The profile without what is somebody's."""
    return replace(profile, columns=without_personal(profile.columns, mapping))
