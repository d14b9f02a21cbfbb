"""The mapping language as JSON Schema: what an editor completes, explains and marks as wrong."""
