"""Files for others: written whole or not at all, and harmless in a spreadsheet program."""
