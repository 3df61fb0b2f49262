"""Checks of what an answer states against the quotes it cites."""
