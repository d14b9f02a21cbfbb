"""What is wrong, or not wise, in a mapping, told before anything runs."""
