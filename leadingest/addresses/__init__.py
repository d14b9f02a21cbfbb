"""Addresses of the United States taken apart; countries, their subdivisions and postal codes."""
