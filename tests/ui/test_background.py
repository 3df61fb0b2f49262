import time
from collections.abc import Callable

import pytest

from ui.background import in_background


def test_what_is_told_comes_before_what_is_made():
    def work(tell: Callable[[str], None]) -> int:
        tell("a")
        tell("b")
        return 7

    told = in_background(work)
    assert next(told) == "a"
    assert next(told) == "b"
    with pytest.raises(StopIteration) as end:
        next(told)
    assert end.value.value == 7


def test_what_goes_wrong_is_raised_where_it_is_waited_for():
    def work(tell: Callable[[str], None]) -> None:
        tell("a")
        raise ValueError("no such thing")

    told = in_background(work)
    assert next(told) == "a"
    with pytest.raises(ValueError, match="no such thing"):
        next(told)


def test_work_goes_on_where_nobody_waits():
    done: list[str] = []

    def work(tell: Callable[[str], None]) -> None:
        tell("a")
        time.sleep(0.05)
        done.append("all")

    told = in_background(work)
    next(told)
    told.close()
    time.sleep(0.2)
    assert done == ["all"]
