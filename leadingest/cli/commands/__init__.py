"""One file a command: its options and help. What it needs is imported when it runs."""
