"""Optional language models that draft the wording of an answer."""
