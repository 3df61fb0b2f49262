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
_LEAST_GELU = -0.17  # GELU's least value, at -0.75
# Weights have seven bits: two products with eight-bit tokens add up within sixteen bits. Processors without VNNI, which
# add pairs in sixteen, do not saturate then, and every machine gives the same answers.
_WEIGHT_STEPS = 63
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

    def plain(self, op: str, inputs: list[str], output: str, **attributes: Any) -> str:  # noqa: ANN401
        """Add a node of ONNX's own; gives the name of its output."""
        return self.add(op, inputs, output, domain="", **attributes)

    def weight(self, name: str, array: NDArray[Any] | None = None) -> str:
        """Name a weight, the trained one of that name unless an array is given; gives the name."""
        found = self.tensors[name] if array is None else array
        dtype = np.float32 if found.dtype.kind == "f" else found.dtype
        self.weights[name] = np.ascontiguousarray(found, dtype)
        return name

    def product(self, x: str, name: str, matrix: NDArray[Any], least: float | None = None) -> str:
        """Each token times a matrix, shape (outputs, inputs).

        In eight bits, each output and each token is rounded by its own size: none is coarse because another is large.
        Where no value can be below `least`, tokens are counted up from there, else to both sides of zero.
        """
        if not self.int8:
            return self.plain("MatMul", [x, self.weight(f"{name}.weight", matrix.T)], f"{name}.out")
        scale = np.maximum(np.abs(matrix).max(1).astype(np.float32), 1e-9) / _WEIGHT_STEPS
        rounded = np.rint(matrix / scale[:, None]).astype(np.int8)
        if least is None:
            sizes, tokens, zero = self.rounded(x, name, 127, 128)
        else:
            raised = self.plain("Sub", [x, self.weight("least", np.array(least))], f"{name}.raised")
            sizes, tokens, zero = self.rounded(raised, name, 255, 0)
        one, scales = self.weight("one", np.array(1.0)), self.weight(f"{name}.scale", scale)
        inputs = [tokens, self.weight(f"{name}.weight", rounded.T), one, scales, zero]
        whole = self.plain("Mul", [self.add("MatMulIntegerToFloat", inputs, f"{name}.whole"), sizes], f"{name}.sized")
        if least is None:
            return whole
        lowered = self.weight(f"{name}.lowered", least * scale * rounded.sum(1, dtype=np.float32))
        return self.plain("Add", [whole, lowered], f"{name}.out")

    def rounded(self, x: str, name: str, steps: int, zero: int) -> tuple[str, str, str]:
        """Tokens in eight bits.

        Args:
            x: Tokens.
            name: What their product is called.
            steps: Into how many steps each token's largest value is cut.
            zero: Which step stands for zero.

        Returns:
            The size of each token's steps, shape (1, tokens, 1); the tokens in steps; the step that stands for zero.
        """
        largest = self.plain("ReduceMax", [self.plain("Abs", [x], f"{name}.abs")], f"{name}.largest", axes=[-1])
        step = self.weight(f"step{steps}", np.array(1 / steps))
        sizes = self.plain("Mul", [largest, step], f"{name}.sizes")
        flat = self.plain("Squeeze", [sizes], f"{name}.flat")
        middle = self.weight(f"zero{zero}", np.array(zero, np.uint8))
        zeros = self.plain("Expand", [middle, self.plain("Shape", [flat], f"{name}.shape")], f"{name}.zeros")
        return sizes, self.plain("QuantizeLinear", [x, flat, zeros], f"{name}.tokens", axis=1), middle

    def dense(self, x: str, name: str, least: float | None = None) -> str:
        """A dense layer without its bias, which the next operator adds."""
        return self.product(x, name, self.tensors[f"{name}.weight"], least)

    def attention(self, x: str, name: str) -> str:
        """Self-attention, its three projections in one product."""
        parts = [f"{name}.self.{part}" for part in ("query", "key", "value")]
        matrix, bias = (
            np.concatenate([self.tensors[f"{part}.{kind}"] for part in parts]) for kind in ("weight", "bias")
        )
        self.add("Split", [self.product(x, f"{name}.self", matrix)], *parts, domain="", axis=2)
        inputs = [*parts, self.weight(f"{name}.self.bias", bias)]
        return self.add("MultiHeadAttention", inputs, f"{name}.out", num_heads=self.config["num_attention_heads"])

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
    x = graph.plain("LayerNormalization", inputs, "embedded", epsilon=graph.config["layer_norm_eps"])
    for i in range(graph.config["num_hidden_layers"]):
        layer = f"{prefix}encoder.layer.{i}"
        attended = graph.dense(graph.attention(x, f"{layer}.attention"), f"{layer}.attention.output.dense")
        x = graph.normalized(attended, x, f"{layer}.attention.output.dense", f"{layer}.attention.output.LayerNorm")
        wide = graph.dense(x, f"{layer}.intermediate.dense")
        active = graph.add("BiasGelu", [wide, graph.weight(f"{layer}.intermediate.dense.bias")], f"{layer}.active")
        narrow = graph.dense(active, f"{layer}.output.dense", _LEAST_GELU)
        x = graph.normalized(narrow, x, f"{layer}.output.dense", f"{layer}.output.LayerNorm")
    return x


def _add_head(graph: _Graph, x: str, head: Head) -> None:
    if head == "sentence":
        mean = graph.plain("ReduceMean", [x], "mean", axes=[1], keepdims=0)
        graph.plain("LpNormalization", [mean], "output", axis=-1, p=2)
    else:
        matrix = graph.weight("qa_outputs.weight", graph.tensors["qa_outputs.weight"].T)
        logits = graph.plain("MatMul", [x, matrix], "logits")
        graph.plain("Add", [logits, graph.weight("qa_outputs.bias")], "output")


def _serialized(graph: _Graph) -> bytes:
    from onnx import TensorProto, helper

    tokens = helper.make_tensor_value_info("tokens", TensorProto.FLOAT, [1, None, graph.config["hidden_size"]])
    output = helper.make_tensor_value_info("output", TensorProto.FLOAT, None)
    initializers = []
    for name, array in graph.weights.items():
        tensor = TensorProto(name=name, dims=array.shape, data_location=TensorProto.EXTERNAL)
        tensor.data_type = helper.np_dtype_to_tensor_dtype(array.dtype)
        tensor.external_data.add(key="location", value="memory")
        initializers.append(tensor)
    made = helper.make_graph(graph.nodes, "bert", [tokens], [output], initializers)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
    serialized: bytes = helper.make_model(made, opset_imports=opsets, ir_version=8).SerializeToString()
    return serialized
