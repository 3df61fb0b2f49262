"""Extractions become the text, value, claims and citations of an answer."""
