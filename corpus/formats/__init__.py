"""Readers of the other file formats: text and Markdown, HTML, DOCX."""
