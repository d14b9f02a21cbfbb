"""Leads in the tables of a SQL database; what is true of one kind of database alone stands in its dialect."""
