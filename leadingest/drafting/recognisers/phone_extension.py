"""A phone with its extension in a column of its own."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.drafting.proposal import Proposal
from leadingest.drafting.task import Task


def recognise_phone_extension(task: Task) -> Iterator[Proposal]:
    """A header that names a phone and another that names its extension."""
    phone, extension = task.sample.likeliest("phone"), task.sample.likeliest("phone_extension")
    if phone and extension and task.has("phone"):
        entry = {"join": [phone, {"from": extension, "prefix": "x"}]}
        yield Proposal("phone", entry, (phone, extension), phone.sure("phone") * 1.01)
