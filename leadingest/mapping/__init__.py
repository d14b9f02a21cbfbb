"""The mapping language: one YAML file describes one source."""
