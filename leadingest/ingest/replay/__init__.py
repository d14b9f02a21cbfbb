"""Run again, under the mapping as it is now, what was set aside: rejects, dead letters, archived deliveries."""
