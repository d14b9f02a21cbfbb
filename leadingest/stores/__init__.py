"""Where files are kept: in a folder, or as objects in a bucket."""
