"""A question becomes an answer with citations. Knows nothing of Gradio or of gold answers."""
