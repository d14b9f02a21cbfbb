"""Loads beside each other: what is new, changed or gone, and what stands in several of them."""
