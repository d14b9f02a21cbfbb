"""How a file is to be read, found out from the file: what the `delivery` section of its mapping must say."""
