"""How rows get into a table: one file per way."""
