"""How many rows get into a table at once."""
