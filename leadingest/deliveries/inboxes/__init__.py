"""Where deliveries arrive: a folder, or a prefix in a bucket."""
