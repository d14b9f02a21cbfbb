"""Text columns in, typed leads, rejects and invalid values out: no file, no network, no database."""
