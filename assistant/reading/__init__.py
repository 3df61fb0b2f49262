"""Passages read with a question: spans and table cells, each with a calibrated confidence."""
