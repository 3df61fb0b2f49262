"""The question: what it asks for, of which periods and things, in which language and after which turns. Knows no reports."""
