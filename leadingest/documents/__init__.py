"""YAML as it was written: every scalar a text, every node with its file, line and column."""
