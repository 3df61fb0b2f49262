"""Questions, gold answers, metrics and runs. Knows nothing of the app."""
