"""Writes the ONNX graph of a BERT encoder and its head from the weights as they were trained.

The graph is made of ONNX Runtime's own fused operators, holds no weights and takes a millisecond to write, so that
nothing needs exporting, shipping or caching. It reads one text at a time: no padding, no mask. This module does not
know what is read, nor how the graph is run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import NodeProto

Head = Literal["sentence", "span"]
_FUSED = "com.microsoft"
_TABLES = ("word", "position", "token_type")
_DTYPES = {"F32": np.float32, "F16": np.float16}


@dataclass(frozen=True, slots=True)
class BertGraph:
    """A graph and what it is run with.

    Attributes:
        model: The graph, as ONNX writes it. Its input is `tokens`, the sum of a text's rows of the three tables, shape
            (1, tokens, width). Its output for the head "sentence" is the mean of its tokens as a unit vector, shape
            (1, width); for "span" each token's start and end logit, shape (1, tokens, 2).
        weights: The arrays of its initializers.
        tables: Word, position and type embeddings, mapped from disk: what is not read stays there.
    """

    model: bytes
    weights: Mapping[str, NDArray[Any]]
    tables: Sequence[NDArray[Any]]


@dataclass
class _Graph:
    """A graph in the making: nodes, and the arrays that they name.

    Attributes:
        config: The model's `config.json`.
        tensors: The trained weights by name.
        int8: Whether the dense layers multiply in eight bits.
        weights: What the graph's initializers hold.
    """

    config: Mapping[str, Any]
    tensors: Mapping[str, NDArray[Any]]
    int8: bool
    weights: dict[str, NDArray[Any]] = field(default_factory=dict)
    nodes: list[NodeProto] = field(default_factory=list)

    def add(self, op: str, inputs: list[str], *outputs: str, domain: str = _FUSED, **attributes: Any) -> str:  # noqa: ANN401
        """Add a node; gives the name of its first output."""
        from onnx import helper

        self.nodes.append(helper.make_node(op, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def weight(self, name: str, array: NDArray[Any] | None = None) -> str:
        """Name a weight, the trained one of that name unless an array is given; gives the name."""
        found = self.tensors[name] if array is None else array
        self.weights[name] = found if found.dtype == np.int8 else np.ascontiguousarray(found, np.float32)
        return name

    def dense(self, x: str, name: str) -> str:
        """A dense layer without its bias, which the next operator adds."""
        matrix = self.tensors[f"{name}.weight"]
        if not self.int8:
            return self.add("MatMul", [x, self.weight(f"{name}.weight", matrix.T)], f"{name}.out", domain="")
        return self.add("DynamicQuantizeMatMul", [x, *self.quantized(f"{name}.weight", matrix)], f"{name}.out")

    def quantized(self, name: str, matrix: NDArray[Any]) -> list[str]:
        """A matrix, (outputs, inputs), in eight bits with one scale an output."""
        scale = np.maximum(np.abs(matrix).max(1).astype(np.float32), 1e-9) / 127
        rounded = np.rint(matrix / scale[:, None]).astype(np.int8)
        return [self.weight(name, np.ascontiguousarray(rounded.T)), self.weight(f"{name}.scale", scale)]

    def attention(self, x: str, name: str) -> str:
        """Self-attention with its three projections in one."""
        parts = [f"{name}.self.{part}" for part in ("query", "key", "value")]
        matrix = np.concatenate([self.tensors[f"{part}.weight"] for part in parts])
        bias = self.weight(f"{name}.bias", np.concatenate([self.tensors[f"{part}.bias"] for part in parts]))
        heads = self.config["num_attention_heads"]
        if not self.int8:
            return self.add("Attention", [x, self.weight(name, matrix.T), bias], f"{name}.out", num_heads=heads)
        input8, scale, zero = f"{name}.input", f"{name}.input_scale", f"{name}.input_zero"
        self.add("DynamicQuantizeLinear", [x], input8, scale, zero, domain="")
        weight, weight_scale = self.quantized(name, matrix)
        inputs = [input8, weight, bias, scale, weight_scale, "", zero]
        return self.add("QAttention", inputs, f"{name}.out", num_heads=heads)

    def normalized(self, x: str, skip: str, dense: str, norm: str) -> str:
        """Layer normalisation of a dense layer's output, its bias and the skipped input."""
        inputs = [x, skip, *self.norm(norm), self.weight(f"{dense}.bias")]
        return self.add("SkipLayerNormalization", inputs, f"{norm}.out", epsilon=self.config["layer_norm_eps"])

    def norm(self, name: str) -> list[str]:
        """The two weights of a layer normalisation."""
        return [self.weight(f"{name}.weight"), self.weight(f"{name}.bias")]


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """The tensors of a safetensors file, mapped from disk: a table of which few rows are read costs those rows only.

    Raises:
        ValueError: If the file is not one of 32 or 16-bit floating-point weights.
    """
    try:
        with path.open("rb") as file:
            size = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(size))
        data = np.memmap(path, np.uint8, "r", offset=8 + size)
        header.pop("__metadata__", None)
        return {
            name: data[slice(*entry["data_offsets"])].view(_DTYPES[entry["dtype"]]).reshape(entry["shape"])
            for name, entry in header.items()
            if not name.endswith("position_ids")
        }
    except (ValueError, KeyError, TypeError, MemoryError) as error:
        raise ValueError(f"{path} is not a safetensors file of float weights: install it again ({error!r})") from error


def bert_graph(folder: Path, head: Head, int8: bool) -> BertGraph:
    """Write the graph of a BERT model in a transformers folder.

    Args:
        folder: Where `config.json` and `model.safetensors` lie.
        head: What stands on the encoder.
        int8: Whether the dense layers multiply in eight bits.

    Raises:
        OSError: If a file is missing.
        ValueError: If the model is not a BERT model with that head.
    """
    config = json.loads((folder / "config.json").read_text("utf-8"))
    tensors = read_tensors(folder / "model.safetensors")
    prefix = "bert." if "bert.embeddings.word_embeddings.weight" in tensors else ""
    graph = _Graph(config, tensors, int8)
    try:
        if (config["model_type"], config["hidden_act"]) != ("bert", "gelu"):
            raise ValueError(f"{folder} does not hold a BERT model with GELU activations")
        _add_head(graph, _add_encoder(graph, prefix), head)
        tables = [tensors[f"{prefix}embeddings.{name}_embeddings.weight"] for name in _TABLES]
    except KeyError as error:
        raise ValueError(f"{folder} does not hold a BERT model for {head}s: {error} is missing") from error
    return BertGraph(_serialized(graph), graph.weights, tables)


def _add_encoder(graph: _Graph, prefix: str) -> str:
    inputs = ["tokens", *graph.norm(f"{prefix}embeddings.LayerNorm")]
    x = graph.add("LayerNormalization", inputs, "embedded", domain="", epsilon=graph.config["layer_norm_eps"])
    for i in range(graph.config["num_hidden_layers"]):
        layer = f"{prefix}encoder.layer.{i}"
        attended = graph.dense(graph.attention(x, f"{layer}.attention"), f"{layer}.attention.output.dense")
        x = graph.normalized(attended, x, f"{layer}.attention.output.dense", f"{layer}.attention.output.LayerNorm")
        wide = graph.dense(x, f"{layer}.intermediate.dense")
        active = graph.add("BiasGelu", [wide, graph.weight(f"{layer}.intermediate.dense.bias")], f"{layer}.active")
        narrow = graph.dense(active, f"{layer}.output.dense")
        x = graph.normalized(narrow, x, f"{layer}.output.dense", f"{layer}.output.LayerNorm")
    return x


def _add_head(graph: _Graph, x: str, head: Head) -> None:
    if head == "sentence":
        mean = graph.add("ReduceMean", [x], "mean", domain="", axes=[1], keepdims=0)
        graph.add("LpNormalization", [mean], "output", domain="", axis=-1, p=2)
    else:
        matrix = graph.weight("qa_outputs.weight", graph.tensors["qa_outputs.weight"].T)
        logits = graph.add("MatMul", [x, matrix], "logits", domain="")
        graph.add("Add", [logits, graph.weight("qa_outputs.bias")], "output", domain="")


def _serialized(graph: _Graph) -> bytes:
    from onnx import TensorProto, helper

    tokens = helper.make_tensor_value_info("tokens", TensorProto.FLOAT, [1, None, graph.config["hidden_size"]])
    output = helper.make_tensor_value_info("output", TensorProto.FLOAT, None)
    initializers = []
    for name, array in graph.weights.items():
        tensor = TensorProto(name=name, dims=array.shape, data_location=TensorProto.EXTERNAL)
        tensor.data_type = TensorProto.INT8 if array.dtype == np.int8 else TensorProto.FLOAT
        tensor.external_data.add(key="location", value="memory")
        initializers.append(tensor)
    made = helper.make_graph(graph.nodes, "bert", [tokens], [output], initializers)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
    serialized: bytes = helper.make_model(made, opset_imports=opsets, ir_version=8).SerializeToString()
    return serialized
