"""Passages become a searchable index, and a question becomes hits. Knows nothing of answers."""
