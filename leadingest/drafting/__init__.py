"""A first mapping, drafted from a file of the source: what its columns probably are, and what is not sure."""
