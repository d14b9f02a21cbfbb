"""What a delivery was like, column by column: measured while it is read, kept with its load, compared by drift."""
