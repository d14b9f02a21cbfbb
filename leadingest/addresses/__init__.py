"""Addresses: their words and how one in a single cell is taken apart, of the United States; countries, their parts and postal codes."""
