"""The state of all sources at one moment, gathered for those who are responsible for them."""
