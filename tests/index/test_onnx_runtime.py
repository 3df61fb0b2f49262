import ast
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("corpus", "index", "assistant", "ui", "eval")
COMMANDS = (["ask", "How many mills are there?"], ["add", "{report}"], ["serve", "--port", "{port}"])


def test_only_one_module_imports_the_runtime():
    """Any other import could come first, with the telemetry on."""
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert "onnxruntime" not in {name.partition(".")[0] for name in names}, path


def test_the_runtime_is_not_used_where_it_may_report():
    code = "import onnxruntime; from index.onnx_runtime import load_runtime; load_runtime()"
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "ValueError: onnxruntime is loaded already" in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace sees which names a program looks up")
@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda some: some[0])
def test_nothing_is_looked_up_and_nothing_written_outside(arguments, tmp_path, mill_report):
    """No name is looked up: nothing connects to a resolver. Nothing is written in the user's own folders."""
    user, trace = tmp_path / "user", tmp_path / "trace"
    user.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment |= {"HOME": str(user), "REPORTQA_HOME": str(tmp_path / "library")}
    program = [sys.executable, "-c", "from assistant.cli.main import main; main()"]
    command = ["strace", "-f", "-qq", "-e", "trace=connect,sendto", "-o", str(trace), *program]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command += [part.format(report=mill_report, port=port) for part in arguments]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        if arguments[0] == "serve":
            time.sleep(45)  # the runtime sends its reports some twenty seconds after it is loaded
            assert process.poll() is None
            subprocess.run(["pkill", "-TERM", "-P", str(process.pid)], check=True)
        process.wait(timeout=120)
    remote = [line for line in trace.read_text().splitlines() if re.search(r"sin6?_port=htons\(53\)", line)]
    remote += [line for line in trace.read_text().splitlines() if re.search(r"inet_addr\(\"(?!127\.)", line)]
    assert not remote
    assert not [path for path in user.rglob("*") if path.is_file()]
