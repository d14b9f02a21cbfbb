"""Where leads go: databases that take a load all or nothing, and know which load of a source is published."""
