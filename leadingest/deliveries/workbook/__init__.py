"""Workbooks (xlsx): their sheets as rows of text, read piece by piece."""
