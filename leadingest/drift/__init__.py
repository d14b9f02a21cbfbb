"""Drift: how a delivery differs from its mapping and from the published load of its source."""
