import time

import pytest

from corpus.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One here. Two there.", ["One here.", "Two there."]),
        ("Mr. Lund of Lund Co., Ltd. came. He left.", ["Mr. Lund of Lund Co., Ltd. came.", "He left."]),
        ("It grew 3.5 percent. Good!", ["It grew 3.5 percent.", "Good!"]),
        ('He said "no." Then he left.', ['He said "no."', "Then he left."]),
        ("J.D. Powers ranked No. 1 of ten.", ["J.D. Powers ranked No. 1 of ten."]),
        ("公司成立。总部在杭州。", ["公司成立。", "总部在杭州。"]),
        ("A line\n\nAnother line", ["A line", "Another line"]),
        ("  padded.  ", ["padded."]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_a_long_text_of_abbreviations_takes_no_time():
    start = time.perf_counter()
    assert len(sentences("A. " * 50_000)) == 1
    assert time.perf_counter() - start < 2
