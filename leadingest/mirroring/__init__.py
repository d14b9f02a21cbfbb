"""Published loads of one destination copied into another, one way."""
