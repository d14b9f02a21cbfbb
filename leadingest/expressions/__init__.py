"""Ways to compute less: a value once, a function once for each distinct value, a rule only where it is needed."""
