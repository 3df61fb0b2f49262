import gzip
import json
import math
import random

import pytest

from assistant.training.batches import windows
from assistant.training.mix import Example, hard_negatives
from assistant.training.relevance import read_relevance
from assistant.training.synonyms import in_other_words
from assistant.training.train import _loss
from index.bert import load_tokenizer

TABLE = {
    "id": "t/1",
    "question": "When did the mill win?",
    "title": "Alder Paper | Prizes",
    "positives": ["Year: 2016 ; Prize: Best Mill ; Result: Won"],
    "negatives": ["Year: 2015 ; Prize: Best Mill ; Result: Nominated"],
}


def written(path, *rows):
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def test_rows_say_which_passage_answers_but_not_where(tmp_path):
    won, nominated = read_relevance(written(tmp_path / "tables.jsonl.gz", TABLE), random.Random(1))
    assert won.passage == "Alder Paper > Prizes\n2016 | Prize: Best Mill; Result: Won"
    assert won.is_somewhere and (won.start, won.end, won.answers) == (0, 0, ())
    assert nominated.passage == "Alder Paper > Prizes\n2015 | Prize: Best Mill; Result: Nominated"
    assert not nominated.is_somewhere


def test_at_most_two_passages_of_each_kind_are_taken(tmp_path):
    row = TABLE | {"positives": ["a", "b", "c"], "negatives": ["d", "e", "f"]}
    found = read_relevance(written(tmp_path / "rows.jsonl", row), random.Random(1))
    assert [example.is_somewhere for example in found] == [True, True, False, False]


def test_sentences_get_negatives_that_hold_no_answer(tmp_path):
    rows = [
        {"id": "1", "question": "How many mills did it run?", "positive": "it ran 12 mills."},
        {"id": "2", "question": "How many ships did it run?", "positive": "it ran 7 ships."},
    ]
    found = read_relevance(written(tmp_path / "sentences.jsonl", *rows), random.Random(1))
    assert [example.passage for example in found] == ["it ran 12 mills.", "it ran 7 ships."]
    negatives = hard_negatives(found, random.Random(1))
    assert [(n.passage, n.is_somewhere) for n in negatives] == [("it ran 7 ships.", False), ("it ran 12 mills.", False)]


@pytest.mark.parametrize("row", [[1], {"id": "1"}, {"id": "1", "question": "Who?"}])
def test_a_wrong_row_is_named(tmp_path, row):
    with pytest.raises(ValueError, match=r"rows.jsonl, line 2: not a row of passages that answer"):
        read_relevance(written(tmp_path / "rows.jsonl", TABLE, row), random.Random(1))


def test_a_window_tells_an_unknown_place_from_none(minilm):
    tokenizer = load_tokenizer(minilm)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    somewhere = Example("How many?", "12 mills", 0, 0, is_somewhere=True)
    made = windows([somewhere, Example("How many?", "12 mills", 0, 0)], tokenizer, 64, random.Random(1))
    assert [(window.start, window.end) for window in made] == [(-1, -1), (0, 0)]


def test_the_loss_of_an_unknown_place_is_that_of_any_place():
    import torch

    logits = torch.log(torch.tensor([[0.2, 0.5, 0.3], [0.2, 0.5, 0.3], [0.2, 0.5, 0.3]]))
    for places, expected in (([0, 0, 0], 0.2), ([1, 1, 1], 0.5), ([-1, -1, -1], 0.8)):
        assert math.exp(-float(_loss(torch, logits, torch.tensor(places)))) == pytest.approx(expected)
    mixed = float(_loss(torch, logits, torch.tensor([0, 2, -1])))
    assert mixed == pytest.approx(-(math.log(0.2) + math.log(0.3) + math.log(0.8)) / 3)


def test_a_question_is_put_in_other_words_that_mean_the_same():
    asked = "How many employees did it have?"
    made = {in_other_words(asked, random.Random(seed), share=1.0) for seed in range(60)}
    assert "How many staff did it have?" in made and asked not in made
    assert all(question.startswith("How many ") and question.endswith(" did it have?") for question in made)
    assert in_other_words(asked, random.Random(1), share=0.0) == asked
    assert in_other_words("Revenue in 2023", random.Random(3), share=1.0)[0].isupper()
    assert in_other_words("Why?", random.Random(1), share=1.0) == "Why?"
