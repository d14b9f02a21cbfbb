"""What to do about a load that is held."""

from __future__ import annotations


def how_to_approve(load_id: int, *, rejected: int) -> str:
    """How to look at the load, and at its rejects if it has some, and how to publish it."""
    rejects = f", `leadingest rejects --load {load_id}` its rejects" if rejected else ""
    return f"`leadingest leads --load {load_id}` shows its rows{rejects}; to publish it: leadingest approve {load_id}"
