"""Patterns that recognise an operation in the wording of a question."""
