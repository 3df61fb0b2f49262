import pytest

from ui.auth import Passwords, password_line


def test_a_password_is_known_by_its_hash_alone():
    line = password_line("ada", "correct horse")
    assert "correct" not in line
    passwords = Passwords(f"# who may ask\n\n{line}\n{password_line('grace.h', 'battery staple')}\n")
    assert passwords.allow("ada", "correct horse")
    assert passwords.allow("grace.h", "battery staple")
    assert not passwords.allow("ada", "battery staple")
    assert not passwords.allow("eve", "correct horse")
    assert not passwords.allow("ada", "")
    assert password_line("ada", "correct horse") != line, "each has a salt of its own"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "names nobody"),
        ("ada:secret", "line 1 of the password file is no `user:salt\\$hash`"),
        ("../ada:" + "0" * 32 + "$" + "0" * 64, "line 1"),
        ("\n".join(2 * ["ada:" + "0" * 32 + "$" + "0" * 64]), "line 2 of the password file names 'ada' again"),
    ],
)
def test_a_malformed_file_is_refused_by_line(text, problem):
    with pytest.raises(ValueError, match=problem):
        Passwords(text)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(ValueError, match="cannot read the password file"):
        Passwords.read(tmp_path / "none")


@pytest.mark.parametrize("user", ["", "..", "a/b", "a:b", "x" * 65])
def test_a_name_that_could_be_a_path_is_refused(user):
    with pytest.raises(ValueError, match="a user's name holds"):
        password_line(user, "correct horse")


def test_a_short_password_is_refused():
    with pytest.raises(ValueError, match="at least 8"):
        password_line("ada", "short")
