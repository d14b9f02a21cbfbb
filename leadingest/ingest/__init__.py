"""One delivery from file to published load: find, read, map, load, publish."""
