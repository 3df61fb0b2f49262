"""A language model on this machine, run with transformers: a chat model, or a sequence-to-sequence one.

Greedy, so that the same question gets the same draft. Heavy libraries are imported on first use. This module does not
know what it is asked to write.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cached_property
from queue import Empty
from threading import Event, Lock, Thread
from typing import Any

from assistant.generation.generator import MAX_NEW_TOKENS, MAX_SECONDS, Message, Pieces

_CHARS_A_TOKEN = 3  # English has about four; tables and figures have fewer
_MOST_PROMPT_CHARS = 12_000


class LocalGenerator:
    """A model by name or folder.

    Attributes:
        name: The model's name or folder.
    """

    def __init__(self, name: str, four_bit: bool = False, max_seconds: float = MAX_SECONDS) -> None:
        self.name = name
        self._four_bit = four_bit
        self._max_seconds = max_seconds
        self._lock = Lock()  # one draft at a time: a second one would take the first one's memory

    @property
    def max_prompt_chars(self) -> int:
        """What fits into the model's window beside its reply."""
        room = self._window - (0 if self._is_encoder_decoder else MAX_NEW_TOKENS)
        return min(_MOST_PROMPT_CHARS, max(room, self._window // 2) * _CHARS_A_TOKEN)

    def check(self) -> None:
        """Read the model's configuration, not its weights.

        Raises:
            ValueError: If there is none, or four bits need a package that is not installed.
        """
        missing = [name for name in ("bitsandbytes", "accelerate") if importlib.util.find_spec(name) is None]
        if self._four_bit and missing:
            raise ValueError(f"four-bit weights need {' and '.join(missing)}: pip install {' '.join(missing)}")
        _ = self._config

    def write(self, messages: Sequence[Message]) -> Pieces:
        """The draft in pieces, as it is written.

        Raises:
            RuntimeError: If the model breaks down.
            TimeoutError: If it writes nothing in time.
            ValueError: If it cannot be loaded, or the messages do not fit into its window.
        """
        from transformers import TextIteratorStreamer

        model, tokenizer = self._loaded
        inputs = self._inputs(messages)
        stopped = Event()
        failures: list[Exception] = []
        streamer = TextIteratorStreamer(
            tokenizer, skip_prompt=True, timeout=self._max_seconds, skip_special_tokens=True
        )

        def generate() -> None:
            try:
                model.generate(**inputs, streamer=streamer, **self._settings(stopped))
            except Exception as error:  # noqa: BLE001 - raised again below, where the draft is waited for
                failures.append(error)
                streamer.end()

        with self._lock:
            thread = Thread(target=generate, daemon=True)
            thread.start()
            try:
                yield from (piece for piece in streamer if piece)
            except Empty:
                raise TimeoutError(f"{self.name} wrote nothing in {self._max_seconds:g} seconds") from None
            finally:
                stopped.set()
                thread.join(self._max_seconds)
        if failures:
            raise RuntimeError(f"{self.name} broke down ({_line(failures[0])})") from failures[0]

    def _settings(self, stopped: Event) -> dict[str, Any]:
        """How to generate: greedily, until the end, the time or whoever reads is through."""
        import torch
        from transformers import StoppingCriteriaList

        def is_stopped(ids: Any, scores: Any, **_: Any) -> Any:  # noqa: ANN401 - tensors
            return torch.full((len(ids),), stopped.is_set(), dtype=torch.bool, device=ids.device)

        return {
            "max_new_tokens": MAX_NEW_TOKENS,
            "max_time": self._max_seconds,
            "do_sample": False,
            "temperature": None,
            "top_p": None,
            "top_k": None,
            "stopping_criteria": StoppingCriteriaList([is_stopped]),
        }

    def _inputs(self, messages: Sequence[Message]) -> Any:  # noqa: ANN401 - transformers carries no types
        """The messages as tokens: by the model's chat template, as plain text where it has none."""
        model, tokenizer = self._loaded
        if tokenizer.chat_template:
            text = _templated(tokenizer, messages)
        else:
            text = "\n\n".join([*(message.text for message in messages), *([] if self._is_encoder_decoder else [""])])
        special = not tokenizer.chat_template  # a template writes its own
        inputs = tokenizer(text, return_tensors="pt", add_special_tokens=special, return_token_type_ids=False)
        count = inputs["input_ids"].shape[1]
        if count + (0 if self._is_encoder_decoder else 1) > self._window:
            raise ValueError(
                f"the question and its passages have {count} tokens, more than the {self._window} of {self.name}"
            )
        return inputs.to(model.device)

    @cached_property
    def _config(self) -> Any:  # noqa: ANN401 - transformers carries no types
        from transformers import AutoConfig

        try:
            return AutoConfig.from_pretrained(self.name)
        except (OSError, ValueError) as error:
            raise ValueError(
                f"cannot load the generator {self.name!r}: give the name or folder of a model of transformers, or the"
                f" URL of a server ({_line(error)})"
            ) from error

    @property
    def _is_encoder_decoder(self) -> bool:
        return bool(self._config.is_encoder_decoder)

    @property
    def _window(self) -> int:
        """How many tokens the model was made for."""
        sizes = (getattr(self._config, name, None) for name in ("max_position_embeddings", "n_positions"))
        return int(next((size for size in sizes if size), 2048))

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        """Model and tokenizer: on the GPU where there is one, in the halves that it is fast in."""
        import torch
        from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer, BitsAndBytesConfig

        kind = AutoModelForSeq2SeqLM if self._is_encoder_decoder else AutoModelForCausalLM
        cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
        device = "cuda" if cuda else "mps" if mps else "cpu"
        half = torch.bfloat16 if cuda and torch.cuda.is_bf16_supported() else torch.float16
        options: dict[str, Any] = {"dtype": half if cuda or mps else torch.float32}
        if self._four_bit:
            options["quantization_config"] = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_compute_dtype=half)
            options["device_map"] = {"": device}
        try:
            tokenizer = AutoTokenizer.from_pretrained(self.name)
            model = kind.from_pretrained(self.name, **options).eval()
        except (OSError, ValueError) as error:
            raise ValueError(f"cannot load the generator {self.name!r} ({_line(error)})") from error
        return (model if self._four_bit else model.to(device)), tokenizer


def _templated(tokenizer: Any, messages: Sequence[Message]) -> str:  # noqa: ANN401 - transformers carries no types
    """The messages in the model's chat template; one message where it knows no system's."""
    from jinja2 import TemplateError

    merged = [{"role": "user", "content": "\n\n".join(message.text for message in messages)}]
    chat = [{"role": message.role, "content": message.text} for message in messages]
    options = {"tokenize": False, "add_generation_prompt": True, "enable_thinking": False}
    try:
        return str(tokenizer.apply_chat_template(chat, **options))
    except TemplateError:
        return str(tokenizer.apply_chat_template(merged, **options))


def _line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
