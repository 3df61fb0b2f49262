import numpy as np
import pytest

from assistant.reading.windows import best_span, windows
from index.bert import load_tokenizer

QUESTION = "How many people work in the mills?"
PASSAGES = ["Alder Paper employed 1,284 people.", "", "Of mills and men. " * 150]


@pytest.fixture(scope="module")
def fast(tiny_reader):
    return load_tokenizer(tiny_reader)


def test_windows_are_those_of_transformers(tiny_reader, fast):
    from transformers import AutoTokenizer

    expected = AutoTokenizer.from_pretrained(tiny_reader)(
        [QUESTION] * 3,
        PASSAGES,
        truncation="only_second",
        max_length=256,
        stride=64,
        return_overflowing_tokens=True,
        return_offsets_mapping=True,
    )
    made = windows(QUESTION, PASSAGES, fast)
    assert [place for place, _ in made] == expected["overflow_to_sample_mapping"] == [0, 1, 2, 2, 2, 2]
    assert [window.ids for _, window in made] == expected["input_ids"]
    assert [window.type_ids for _, window in made] == expected["token_type_ids"]
    assert [window.offsets for _, window in made] == expected["offset_mapping"]


def test_a_long_question_leaves_room_for_the_passage(fast):
    ((_, window),) = windows("why " * 1000, PASSAGES[:1], fast)
    assert window.type_ids.count(0) == 64 + 2
    start, end = window.offsets[-2][0], window.offsets[-2][1]
    assert PASSAGES[0][start:end] == "."


def test_the_best_span_starts_before_it_ends_and_beats_the_null_answer_by_its_score():
    starts = np.array([1, 9, 0, 2, 5], np.float32)
    ends = np.array([2, 9, 6, 3, 4], np.float32)
    assert best_span(starts, ends, [False, False, True, True, True]) == (4, 4, 6.0)


def test_a_span_is_at_most_forty_tokens_long():
    starts, ends = np.zeros(60, np.float32), np.zeros(60, np.float32)
    starts[1], ends[41], ends[40] = 5, 5, 4
    assert best_span(starts, ends, [False] + [True] * 59) == (1, 40, 9.0)


def test_no_token_inside_gives_no_span():
    assert best_span(np.zeros(3, np.float32), np.zeros(3, np.float32), [False] * 3) is None
