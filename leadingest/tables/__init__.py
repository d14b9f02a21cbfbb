"""The shape of a load table: its columns, their types, and what makes two leads the same."""
