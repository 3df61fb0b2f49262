"""PDF files: pages, lines, tables, charts and headings become a draft document."""
