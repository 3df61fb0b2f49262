"""The generator that a user names: a model run with transformers, or one behind an OpenAI-compatible server."""

from __future__ import annotations

from assistant.generation.generator import Generator
from assistant.generation.openai_generator import ServerGenerator
from assistant.generation.transformers_generator import LocalGenerator


def load_generator(name: str) -> Generator:
    """The generator of a name; what can be told of it without loading or asking it is checked.

    Args:
        name: The name or folder of a model of transformers, `#4bit` after it for four-bit weights; or the URL of an
            OpenAI-compatible server, `#MODEL` after it where it serves several.

    Raises:
        ValueError: If there is no such model, or the URL is none.
    """
    place, _, variant = name.partition("#")
    if place.startswith(("http://", "https://")):
        return ServerGenerator(place, variant)
    if variant not in ("", "4bit"):
        raise ValueError(f"no variant {variant!r} of a generator: `#4bit` may stand after its name or folder")
    generator = LocalGenerator(place, four_bit=bool(variant))
    generator.check()
    return generator
