"""The SQL of the mapping language: expressions over one record, from a list of what there is."""
