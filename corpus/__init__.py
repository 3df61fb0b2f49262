"""Files become documents, passages and facts. Knows nothing of vectors or answers."""
