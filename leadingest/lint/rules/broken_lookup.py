"""The rule LI113."""

from leadingest.lint.rule import refused


@refused("LI113")
def broken_lookup() -> None:
    """The table that values are looked up in cannot be used: no such file, no such column, one key with two values.

    The file is CSV in UTF-8 with a header, in the folder of the mapping.

    Bad:
        # mappings/acme.yaml
        fields:
          company: Name
          county: {from: Code, lookup: {file: counties.csv, key: fips, value: county}, otherwise: invalid}
        # mappings/counties.csv
        code,county
        007,Elko

    Good:
        # mappings/acme.yaml
        fields:
          company: Name
          county: {from: Code, lookup: {file: counties.csv, key: code, value: county}, otherwise: invalid}
        # mappings/counties.csv
        code,county
        007,Elko
    """
