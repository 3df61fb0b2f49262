"""How an answer looks: the Gradio app. Knows nothing of gold answers."""
