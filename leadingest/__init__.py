"""leadingest: declarative ingestion of lead files, one YAML mapping per source."""

__version__ = "0.1.0"
