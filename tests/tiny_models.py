"""Tiny models of transformers that write a known text: real weights, each token of which leads to the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

TEMPLATE = (
    "{% for message in messages %}<s>{{ message.role }}: {{ message.content }}</s>{% endfor %}"
    "{% if add_generation_prompt %}<s>assistant:{% endif %}"
)


def write_causal(folder: Path, pieces: list[str], window: int = 16_384) -> Path:
    """A chat model that writes the pieces whatever it is asked."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = _tokenizer(pieces)
    tokenizer.chat_template = TEMPLATE
    size = len(tokenizer)
    sizes = {"hidden_size": size, "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": size // 8}
    ids = {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0, "max_position_embeddings": window}
    model = LlamaForCausalLM(LlamaConfig(vocab_size=size, tie_word_embeddings=False, **sizes, **ids))
    with torch.no_grad():
        layer = model.model.layers[0]
        layer.self_attn.o_proj.weight.zero_()
        layer.mlp.down_proj.weight.zero_()
        model.model.embed_tokens.weight.copy_(torch.eye(size))
        model.lm_head.weight.zero_()
        for before, after in _chain(tokenizer, pieces, tokenizer(":").input_ids[-1]):
            model.lm_head.weight[after, before] = 1.0
    return _saved(folder, model, tokenizer)


def write_seq2seq(folder: Path, pieces: list[str]) -> Path:
    """A sequence-to-sequence model that writes the pieces whatever it is asked."""
    import torch
    from transformers import T5Config, T5ForConditionalGeneration

    tokenizer = _tokenizer(pieces)
    size, steps = len(tokenizer), len(pieces) + 1
    sizes = {"d_model": size, "d_kv": 8, "d_ff": steps, "num_layers": 1, "num_decoder_layers": 1, "num_heads": 2}
    ids = {"decoder_start_token_id": 0, "pad_token_id": 0, "eos_token_id": 2}
    model = T5ForConditionalGeneration(T5Config(vocab_size=size, **sizes, **ids))
    with torch.no_grad():
        attention, crossed, dense = model.decoder.block[0].layer
        attention.SelfAttention.o.weight.zero_()
        crossed.EncDecAttention.o.weight.zero_()
        model.shared.weight.copy_(torch.eye(size))  # the head's too
        # each step of the chain is a cell of the dense layer
        inner, outer = dense.DenseReluDense.wi.weight, dense.DenseReluDense.wo.weight
        inner.zero_()
        outer.zero_()
        for step, (before, after) in enumerate(_chain(tokenizer, pieces, 0)):
            inner[step, before] = outer[after, step] = 1.0
    return _saved(folder, model, tokenizer)


def _tokenizer(pieces: list[str]) -> Any:
    """Bytes, and each piece as a token of its own."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: place for place, token in enumerate(["<pad>", "<s>", "</s>", *letters])}
    tokenizer = Tokenizer(models.BPE(vocabulary, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_tokens([AddedToken(piece, normalized=False) for piece in pieces])
    filling = -tokenizer.get_vocab_size() % 8
    tokenizer.add_tokens([AddedToken(f"<filling {n}>") for n in range(filling)])
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="<pad>", bos_token="<s>", eos_token="</s>")


def _chain(tokenizer: Any, pieces: list[str], first: int) -> Iterator[tuple[int, int]]:
    """Each token of a text and the one after it, from what stands before the text to its end."""
    yield from pairwise([first, *(tokenizer.convert_tokens_to_ids(piece) for piece in pieces), 2])


def _saved(folder: Path, model: Any, tokenizer: Any) -> Path:
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
