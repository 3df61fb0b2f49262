import asyncio
import base64
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import httpx2
import pytest

from ui.auth import Passwords, password_line

mcp = pytest.importorskip("mcp", reason="the tools need reportqa[mcp]")
NAMES = ["ask", "search", "facts", "list_reports"]


def inside(server, work):
    """What work gives that talks to a server in a session of its own."""

    async def session():
        async with mcp.Client(server) as client:
            return await work(client)

    return run(session())


def run(coroutine):
    """Runs it in a thread of its own, whatever loop this one has."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def call(server, name, **arguments):
    return inside(server, lambda client: client.call_tool(name, arguments))


@pytest.fixture(scope="module")
def server(mill_assistant):
    from ui.tools import tool_server

    return tool_server(mill_assistant)


def test_a_model_reads_what_each_tool_is_for(server):
    tools = inside(server, lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == NAMES
    ask = tools[0]
    assert "turns: The earlier questions of the same conversation, oldest first" in ask.description
    assert ask.input_schema["required"] == ["question"]
    assert list(ask.input_schema["properties"]) == ["question", "turns", "documents"]
    assert all(tool.annotations.read_only_hint for tool in tools)


def test_a_tool_answers_with_its_proof(server):
    answer = json.loads(call(server, "ask", question="How many people did Alder Paper employ?").content[0].text)
    assert answer["value"].startswith("1,284")
    assert "1,284 people" in answer["citations"][0]["quote"]
    (report,) = call(server, "list_reports").structured_content["result"]
    assert report["id"] == "alder-paper-2024"


def test_what_cannot_be_asked_is_told_to_the_model(server):
    refused = call(server, "ask", question="x" * 3000)
    assert refused.is_error
    assert "shorten it to 2,000" in refused.content[0].text


def test_two_questions_are_worked_on_at_once_and_no_more(mill_assistant):
    from ui.tools import tool_server

    class Counting:
        index = mill_assistant.index
        now = most = 0
        lock = threading.Lock()

        def ask(self, *asked):
            with self.lock:
                self.now += 1
                self.most = max(self.most, self.now)
            time.sleep(0.05)
            with self.lock:
                self.now -= 1
            return mill_assistant.ask(*asked)

    counting = Counting()

    async def six(client):
        return await asyncio.gather(*(client.call_tool("ask", {"question": f"Who is {i}?"}) for i in range(6)))

    answers = inside(tool_server(counting), six)
    assert [answer.is_error for answer in answers] == [False] * 6
    assert counting.most == 2


def serve(assistant, home, allow=None):
    """The app, made where a loop runs: Gradio makes loops of its own elsewhere, and leaves them open."""
    return run(served(assistant, home, allow))


async def served(assistant, home, allow):
    from ui.app import build_app
    from ui.theme import launch_options
    from ui.tools import tool_options

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = build_app(assistant, home)
    options = launch_options(tool_options(assistant, "127.0.0.1", allow))
    app.launch(server_name="127.0.0.1", server_port=port, auth=allow, prevent_thread_lock=True, **options)
    return app, f"http://127.0.0.1:{port}"


@pytest.mark.slow
def test_the_tools_are_served_beside_the_page(mill_assistant, tmp_path):
    app, url = serve(mill_assistant, tmp_path)
    found = inside(f"{url}/mcp", lambda client: client.call_tool("facts", {"words": "water 2024"}))
    assert found.structured_content["result"][0]["text"] == "198,750"
    assert "reportqa" in httpx.get(url).text
    elsewhere = httpx.post(f"{url}/mcp", json={}, headers={"host": "elsewhere.invalid:80"})
    assert elsewhere.status_code in (403, 421), "another name for this machine is refused"
    app.close()


@pytest.mark.slow
def test_where_users_log_in_the_tools_ask_for_it_too(mill_assistant, tmp_path):
    passwords = Passwords(password_line("ada", "correct horse"))
    app, url = serve(mill_assistant, tmp_path, allow=passwords.allow)
    for header in ("", "Basic !", "Bearer abc", f"Basic {base64.b64encode(b'ada:wrong horse').decode()}"):
        refused = httpx.post(f"{url}/mcp", json={}, headers={"authorization": header} if header else {})
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"] == 'Basic realm="reportqa"'

    async def logged_in():
        from mcp.client.streamable_http import streamable_http_client

        async with (
            httpx2.AsyncClient(auth=("ada", "correct horse")) as http,
            mcp.Client(streamable_http_client(f"{url}/mcp", http_client=http)) as client,
        ):
            return await client.list_tools()

    assert [tool.name for tool in run(logged_in()).tools] == NAMES
    app.close()


def test_without_the_package_one_line_says_so(mill_assistant, monkeypatch):
    import sys

    from ui.tools import tool_server

    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    with pytest.raises(ValueError, match=r"--mcp needs the package mcp: pip install 'reportqa\[mcp\]'"):
        tool_server(mill_assistant)
