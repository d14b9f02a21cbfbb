"""Addresses of the United States: their words, and how one that stands in a single cell is taken apart."""
