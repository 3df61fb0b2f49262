import importlib.util

import pytest

from assistant.generation.factory import load_generator
from assistant.generation.generator import Message
from assistant.generation.transformers_generator import LocalGenerator
from tests.tiny_models import write_causal, write_seq2seq

PIECES = ["Alder Paper employed", " 1,284 people", " at the end of 2024 [1].", " It runs 12 mills [1]."]
ASKED = [Message("system", "Word it."), Message("user", "How many people?")]


@pytest.fixture(scope="module")
def causal(tmp_path_factory):
    return write_causal(tmp_path_factory.mktemp("models") / "causal", PIECES)


@pytest.fixture(scope="module")
def seq2seq(tmp_path_factory):
    return write_seq2seq(tmp_path_factory.mktemp("models") / "seq2seq", PIECES)


@pytest.mark.parametrize("kind", ["causal", "seq2seq"])
def test_a_model_of_transformers_streams_its_text(kind, request):
    generator = load_generator(str(request.getfixturevalue(kind)))
    pieces = list(generator.write(ASKED))
    assert "".join(pieces) == "".join(PIECES)
    assert len(pieces) > 2, "in pieces, as they are written"
    assert list(generator.write(ASKED)) == pieces, "greedy: the same each time"


def test_whoever_stops_reading_stops_the_model(causal):
    generator = LocalGenerator(str(causal))
    pieces = generator.write(ASKED)
    first = next(pieces)
    pieces.close()
    assert "".join(PIECES).startswith(first)
    assert "".join(generator.write(ASKED)) == "".join(PIECES), "and the next draft may begin"


def test_a_chat_template_without_a_system_message_gets_one_message(causal, tmp_path):
    generator = LocalGenerator(str(causal))
    _, tokenizer = generator._loaded
    tokenizer.chat_template = (
        "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system here') }}{% endif %}"
        "({{ m.role }}) {{ m.content }}{% endfor %}{% if add_generation_prompt %} (assistant):{% endif %}"
    )
    text = tokenizer.decode(generator._inputs(ASKED)["input_ids"][0])
    assert text == "(user) Word it.\n\nHow many people? (assistant):"


def test_a_prompt_fits_the_window_or_is_refused(causal, seq2seq, tmp_path):
    assert load_generator(str(causal)).max_prompt_chars == 12_000
    assert load_generator(str(seq2seq)).max_prompt_chars == 6_144, "T5 names no window: 2,048 tokens"
    small = load_generator(str(write_causal(tmp_path / "small", PIECES, window=64)))
    assert small.max_prompt_chars == 96
    with pytest.raises(ValueError, match=r"have \d+ tokens, more than the 64 of"):
        list(small.write([Message("user", "x" * 100)]))


def test_a_model_that_breaks_down_is_told(causal, monkeypatch):
    generator = LocalGenerator(str(causal))
    model, _ = generator._loaded

    def broken(**_: object) -> None:
        raise MemoryError("out of memory\nand more")

    monkeypatch.setattr(model, "generate", broken)
    with pytest.raises(RuntimeError, match=r"causal broke down \(out of memory\)$"):
        list(generator.write(ASKED))


def test_a_model_that_writes_nothing_in_time_is_left(causal, monkeypatch):
    import threading

    generator = LocalGenerator(str(causal), max_seconds=0.05)
    model, _ = generator._loaded
    waiting = threading.Event()
    monkeypatch.setattr(model, "generate", lambda **_: waiting.wait(5))
    with pytest.raises(TimeoutError, match="wrote nothing in 0.05 seconds"):
        list(generator.write(ASKED))
    waiting.set()


def test_what_is_no_model_is_refused_before_it_is_asked(tmp_path):
    with pytest.raises(ValueError, match="cannot load the generator .*give the name or folder"):
        load_generator(str(tmp_path / "none"))
    with pytest.raises(ValueError, match="no variant '8bit' of a generator"):
        load_generator(f"{tmp_path}#8bit")


def test_four_bits_need_their_package(causal, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match="four-bit weights need bitsandbytes and accelerate: pip install bitsandbytes"):
        load_generator(f"{causal}#4bit")
