import socket

import pytest
import typer
from typer.testing import CliRunner

from ui.auth import Passwords
from ui.cli import check_port, is_loopback, register


@pytest.fixture
def app():
    app = typer.Typer()
    register(app)
    return app


def test_only_this_machine_is_loopback():
    assert [is_loopback(host) for host in ("127.0.0.1", "127.8.9.1", "::1", "localhost")] == [True] * 4
    assert [is_loopback(host) for host in ("0.0.0.0", "::", "192.168.0.4", "localhost.example", "")] == [False] * 5


def test_a_taken_port_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ValueError, match=f"cannot listen on 127.0.0.1, port {port}"):
            check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--host", "0.0.0.0"], "0.0.0.0 can be reached from other machines: give --auth FILE"),
        (["--auth", "no-such-file"], "cannot read the password file no-such-file"),
    ],
)
def test_serving_is_refused_in_one_line(app, arguments, problem):
    result = CliRunner().invoke(app, ["serve", *arguments])
    assert result.exit_code == 2
    assert problem in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_password_line_is_printed_and_works(app):
    result = CliRunner().invoke(app, ["password", "ada"], input="correct horse\ncorrect horse\n")
    assert result.exit_code == 0
    assert Passwords(result.stdout).allow("ada", "correct horse")


def test_a_short_password_is_refused(app):
    result = CliRunner().invoke(app, ["password", "ada"], input="short\nshort\n")
    assert result.exit_code == 2
    assert "at least 8 characters" in result.stderr
