"""Published leads handed over as a file, each of them once."""
