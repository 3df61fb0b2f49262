import socket

import pytest

from assistant.generation import openai_generator as server_generator
from assistant.generation.factory import load_generator
from assistant.generation.generator import Message
from assistant.generation.openai_generator import ServerGenerator
from assistant.generation.transformers_generator import LocalGenerator
from tests.chat_server import serving
from tests.tiny_models import write_causal

PIECES = ["Alder Paper employed", " 1,284 people", " at the end of 2024 [1]."]
ASKED = [Message("system", "Word it."), Message("user", "How many people?")]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return LocalGenerator(str(write_causal(tmp_path_factory.mktemp("models") / "causal", PIECES)))


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(server_generator, "_WAITS", (0.01, 0.01))
    monkeypatch.delenv("REPORTQA_GENERATOR_KEY", raising=False)


def test_a_model_behind_a_server_streams_its_text(tiny, monkeypatch):
    monkeypatch.setenv("REPORTQA_GENERATOR_KEY", "local-key")
    with serving(tiny) as server:
        generator = load_generator(server.url)
        generator.check()
        pieces = list(generator.write(ASKED))
    assert "".join(pieces) == "".join(PIECES)
    assert len([piece for piece in pieces if piece]) > 2, "in pieces, as they are written"
    (body,) = server.asked
    assert body["model"] == "tiny", "the first that the server lists"
    assert body["messages"] == [
        {"role": "system", "content": "Word it."},
        {"role": "user", "content": "How many people?"},
    ]
    assert body["temperature"] == 0 and body["stream"] is True
    assert server.keys == ["Bearer local-key"]


def test_the_model_can_be_named(tiny):
    with serving(tiny) as server:
        generator = load_generator(f"{server.url}/v1/#other")
        assert generator.name == f"{server.url}/v1#other"
        assert "".join(generator.write(ASKED)) == "".join(PIECES)
    assert server.asked[0]["model"] == "other" and server.keys == [None]


def test_a_server_that_does_not_stream_will_do(tiny):
    with serving(tiny, "whole") as server:
        assert "".join(ServerGenerator(server.url).write(ASKED)) == "".join(PIECES)


def test_a_server_that_is_starting_up_is_asked_again(tiny):
    with serving(tiny, "busy") as server:
        assert "".join(ServerGenerator(server.url).write(ASKED)) == "".join(PIECES)
    assert len(server.asked) == 3


@pytest.mark.parametrize("manner", ["hang", "drip"])
def test_a_server_that_hangs_is_left_in_time(manner):
    with serving(manner=manner) as server, pytest.raises(TimeoutError) as late:
        list(ServerGenerator(server.url, "tiny", max_seconds=0.4).write(ASKED))
    assert str(late.value) == f"{server.url}/v1 did not reply in 0.4 seconds"
    assert len(server.asked) == 1, "and not asked again"


def test_what_a_server_refuses_is_told():
    with serving(manner="error") as server, pytest.raises(OSError, match="refuses with 400: .*no such model"):
        list(ServerGenerator(server.url, "tiny").write(ASKED))
    with serving(manner="moved") as server, pytest.raises(OSError, match="refuses with 302"):
        list(ServerGenerator(server.url, "tiny").write(ASKED))


def test_garbage_is_no_draft():
    with serving(manner="garbage") as server, pytest.raises(ValueError, match="sends what is no chat completion"):
        list(ServerGenerator(server.url, "tiny").write(ASKED))
    with serving(manner="flood") as server, pytest.raises(ValueError, match="sends more than a reply"):
        list(ServerGenerator(server.url, "tiny").write(ASKED))


def test_a_server_that_is_not_there_is_told():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ConnectionError, match=f"no server answers at {url}/v1 .*: start it"):
        load_generator(url).check()


def test_a_url_must_name_a_host():
    with pytest.raises(ValueError, match="is no URL of a server"):
        load_generator("http://")
