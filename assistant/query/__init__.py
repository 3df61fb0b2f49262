"""The question: what it asks for, of which periods and things, and after which turns. Knows no reports."""
