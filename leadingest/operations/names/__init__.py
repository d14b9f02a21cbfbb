"""What is known about the names of people, firms and places: one room for the words `person` and `case`."""
