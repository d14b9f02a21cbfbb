"""Two mappings of one source."""


def both_map(one: str, other: str, source: str) -> str:
    """What is wrong: the files, sorted, and the source that both have."""
    first, second = sorted((one, other))
    return f"{first} and {second} both map the source {source!r}"
