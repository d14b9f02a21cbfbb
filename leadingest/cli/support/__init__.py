"""What several commands need: options, requests, the database, output, and how a command ends."""
