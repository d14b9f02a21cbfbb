"""What a value must be: one file per check."""
