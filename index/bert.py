"""Runs a BERT model on ONNX Runtime: no torch, no transformers, nothing written to disk.

Texts are read one by one, several at once where there are cores: nothing is padded, what one text gives never depends
on those beside it, and no thread waits for another. This module does not know what its vectors and logits mean.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.bert_graph import Head, bert_graph
from index.onnx_runtime import load_runtime

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer


class Bert:
    """A BERT model of a transformers folder (`config.json`, `model.safetensors`), ready to run."""

    def __init__(self, folder: Path, head: Head, int8: bool | None = None) -> None:
        """Load a model.

        Args:
            folder: Where it lies.
            head: What it gives: see `bert_graph`.
            int8: Whether it multiplies in eight bits; None for where that is exact.

        Raises:
            OSError: If a file is missing.
            ValueError: If the model is not a BERT model with that head.
        """
        onnxruntime = load_runtime()
        self._graph = bert_graph(folder, head, int8_is_exact() if int8 is None else int8)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        # The graph is written with the fused operators already: looking for more to fuse costs time and finds none.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        weights = self._graph.weights  # not copied: they must stay as long as the session
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in weights.values()]
        options.add_external_initializers(list(weights), values)
        self._session: Any = onnxruntime.InferenceSession(
            self._graph.model, options, providers=["CPUExecutionProvider"]
        )

    def run(self, encodings: Sequence[Encoding]) -> list[NDArray[np.float32]]:
        """The head's output for each of n encoded texts, in their order."""
        if len(encodings) < 2 or cores() < 2:
            return [self._one(encoding) for encoding in encodings]
        # The longest go first, so that no core is left with a long one at the end.
        order = sorted(range(len(encodings)), key=lambda i: -len(encodings[i].ids))
        with ThreadPoolExecutor(cores()) as pool:
            outputs = dict(zip(order, pool.map(lambda i: self._one(encodings[i]), order), strict=True))
        return [outputs[i] for i in range(len(encodings))]

    def _one(self, encoding: Encoding) -> NDArray[np.float32]:
        words, positions, types = self._graph.tables
        tokens = words[encoding.ids] + positions[: len(encoding.ids)] + types[encoding.type_ids]
        output: NDArray[np.float32] = self._session.run(None, {"tokens": tokens[None].astype(np.float32)})[0][0]
        return output


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load_tokenizer(folder: Path, max_tokens: int | None = None) -> Tokenizer:
    """The tokenizer of a transformers folder, cutting texts to `max_tokens` if given, padding none.

    Raises:
        ValueError: If it is missing or damaged.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # the library raises no narrower one
        raise ValueError(f"cannot read {folder / 'tokenizer.json'}: install the model again ({error})") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    if max_tokens:
        tokenizer.enable_truncation(max_tokens)
    return tokenizer


@cache
def int8_is_exact() -> bool:
    """Whether this processor sums products of eight bits without overflow; older ones saturate, and lose accuracy."""
    from onnx import TensorProto, helper

    onnxruntime = load_runtime()
    width = 64
    weights = helper.make_tensor("w", TensorProto.INT8, [width, width], np.full(width * width, 63))
    scale, zero = (helper.make_tensor(n, t, [], [v]) for n, t, v in (("s", 1, 1.0), ("z", TensorProto.INT8, 0)))
    node = helper.make_node("DynamicQuantizeMatMul", ["x", "w", "s", "z"], ["y"], domain="com.microsoft")
    x, y = (helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, width]) for name in "xy")
    graph = helper.make_graph([node], "probe", [x], [y], [weights, scale, zero])
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    found = session.run(None, {"x": np.ones((1, width), np.float32)})[0]
    return bool(np.allclose(found, 63 * width))
