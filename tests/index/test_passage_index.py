import hashlib
import json
import re
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest

import corpus
from corpus.document import Document
from corpus.formats.text import read_blocks
from corpus.load import load_document
from index.passage_index import PassageIndex

REPORT = Path(corpus.__file__).parent / "reports" / "changan-esg-2023.txt"

SHIPS = (
    "Our Ships\n\nThe ferries sail under a white flag. The Aurora was built in the yard of Lund and carries many"
    " lorries. Crews change every week.\n\nNights at sea\n\n2,190\n\nPorts and Prizes\n\nNo.\tPrize\tGiven by\n"
    "1\tGolden Anchor\tThe Guild\n2\tSilver Buoy\tThe Port\n"
)
MILLS = "Our Mills\n\nThe mills make paper of birch and pine.\n\nWorkers\n\n412\n\nThe end of the story.\n"


class WordEmbedder:
    """Embeds a text as the bag of its words: real vectors, no model."""

    def __init__(self, name="words"):
        self.name = name
        self.texts = []

    def embed(self, texts):
        self.texts += texts
        vectors = np.zeros((len(texts), 512), np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, int(hashlib.md5(word.encode()).hexdigest(), 16) % 512] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def document_of(name, text):
    return Document(name, name, "0" * 64, text, read_blocks(text), year=2022)


@pytest.fixture(scope="module")
def index():
    return PassageIndex.build([document_of("ships", SHIPS), document_of("mills", MILLS)], WordEmbedder())


def test_documents_passages_and_facts(index):
    assert list(index.documents) == ["ships", "mills"]
    assert [p.document_id for p in index.passages] == ["ships"] * 4 + ["mills"] * 3
    assert [(f.metric, f.figure.text) for f in index.facts] == [("Nights at sea", "2,190"), ("Workers", "412")]
    passage = index.passages[1]
    assert index.passage(passage.id) is passage
    with pytest.raises(KeyError):
        index.passage("ships#99999")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who gave the Golden Anchor?", "1\tGolden Anchor\tThe Guild"),
        ("How many nights at sea?", "Nights at sea\n\n2,190"),
        ("Of what do mills make paper?", "The mills make paper of birch and pine."),
        ("number of staff", "Workers\n\n412"),
    ],
)
def test_the_passage_meant_comes_first(index, question, text):
    hits = index.search(question, k=3)
    assert hits[0].passage.text == text
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert hits[0].score > hits[1].score >= hits[2].score
    assert set(hits[0].retrievers) <= {"bm25", "dense"}


def test_a_passage_is_as_near_as_its_nearest_sentence():
    embedder = WordEmbedder()
    PassageIndex.build([document_of("ships", SHIPS)], embedder)
    assert "Our Ships\nThe ferries sail under a white flag." in embedder.texts
    assert "Crews change every week." in embedder.texts
    assert "Ports and Prizes\nGolden Anchor | No.: 1; Given by: The Guild" in embedder.texts


def test_a_search_in_some_documents(index):
    for hit in index.search("mills make paper", k=10, documents=["ships"]):
        assert hit.passage.document_id == "ships"
    assert {hit.passage.document_id for hit in index.search("the", k=10, documents=["mills"])} == {"mills"}
    assert index.search("mills", documents=["nobody"]) == []


def test_k_and_strange_questions(index):
    assert len(index.search("mills", k=2)) == 2
    assert len(index.search("mills", k=100)) == 7
    for question in ("", "?", "zebra " * 2000, "长安"):
        assert len(index.search(question, k=3)) == 3


def test_spelling(index):
    assert [hit.passage for hit in index.search("birhc", k=1)] == [hit.passage for hit in index.search("birch", k=1)]


def test_what_the_reports_know():
    index = PassageIndex.build([document_of("ships", SHIPS), document_of("mills", MILLS)], WordEmbedder())
    assert index.is_known("pine")
    assert index.is_known("pine", ["mills"])
    assert not index.is_known("pine", ["ships"])
    assert index.spelled("birhc") == "birch"


def test_what_is_embedded_may_differ_from_what_is_matched(index):
    assert index.search("zebra", k=1, meaning="Crews change every week.")[0].passage.text.startswith("The ferries")


def test_saved_and_loaded(index, tmp_path):
    index.save(tmp_path / "index")
    loaded = PassageIndex.load(tmp_path / "index", WordEmbedder())
    assert dict(loaded.documents) == dict(index.documents)
    assert (loaded.passages, loaded.facts) == (index.passages, index.facts)
    for question in ("Who gave the Golden Anchor?", "number of staff", "zebra"):
        assert loaded.search(question) == index.search(question)
    manifest = json.loads((tmp_path / "index" / "manifest.json").read_text())
    assert (manifest["embedder"], manifest["passages"], manifest["facts"]) == ("words", 7, 2)
    assert {"vectors.faiss", "passages.jsonl", "facts.jsonl", "documents.jsonl"} <= set(manifest["files"])
    assert not list(tmp_path.rglob("*.pkl"))


def test_another_embedder_is_refused(index, tmp_path):
    index.save(tmp_path / "index")
    with pytest.raises(ValueError, match="built with the embedder 'words', not 'other'"):
        PassageIndex.load(tmp_path / "index", WordEmbedder("other"))
    with pytest.raises(FileNotFoundError, match="no index in"):
        PassageIndex.load(tmp_path / "nothing", WordEmbedder())


def test_corrupted_vectors_are_refused(index, tmp_path):
    index.save(tmp_path / "index")
    path = tmp_path / "index" / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(ValueError, match="is damaged: vectors.faiss is missing or changed"):
        PassageIndex.load(tmp_path / "index", WordEmbedder())


def test_what_reads_the_same_is_not_embedded_again(index):
    embedder = WordEmbedder()
    added = PassageIndex.build(
        [*index.documents.values(), document_of("inns", "Our Inns\n\nGuests sleep well.\n")], embedder, previous=index
    )
    assert embedder.texts == ["Our Inns\nGuests sleep well."]
    assert len(added.passages) == 8
    fresh = PassageIndex.build(list(added.documents.values()), WordEmbedder())
    assert [h.passage.id for h in added.search("who sleeps?")] == [h.passage.id for h in fresh.search("who sleeps?")]
    other = WordEmbedder("other")
    PassageIndex.build(list(index.documents.values()), other, previous=index)
    assert len(other.texts) == 9


def test_progress_ends_at_the_whole():
    seen = []
    PassageIndex.build([document_of("ships", SHIPS)], WordEmbedder(), progress=lambda *step: seen.append(step))
    assert seen[-1] == (6, 6)


def test_nothing_to_index():
    with pytest.raises(ValueError, match="nothing to index: no document has any text; add a report"):
        PassageIndex.build([document_of("blank", "Only a Heading\n")], WordEmbedder())
    with pytest.raises(ValueError, match="nothing to index"):
        PassageIndex.build([], WordEmbedder())


def test_vectors_are_found_by_the_place_of_their_passage(index, tmp_path):
    index.save(tmp_path / "index")
    vectors: Any = faiss.read_index(str(tmp_path / "index" / "vectors.faiss"))
    places = faiss.vector_to_array(vectors.id_map)
    assert places.tolist() == [0, 0, 0, 1, 2, 3, 4, 5, 6]


@pytest.mark.slow
def test_questions_about_the_bundled_report():
    from index.embedder import load_embedder

    index = PassageIndex.build([load_document(REPORT)], load_embedder())
    expected = {
        "How many people does Changan employ?": "49,117",
        "SO2 emitted": "18.3",
        "What did the firm give to charity?": "42.16",
        "How far did the record-setting convoy travel?": "26,000 kilometers",
        "share of natural gas in the energy mix": "37.35",
        "How long is a vehicle meant to last?": "260,000 kilometers",
        "Who took over as foreign vice president?": "Klaus Zyciora",
        "training coverage of staff": "100% employee training coverage",
    }
    for question, words in expected.items():
        texts = [hit.passage.text for hit in index.search(question, k=5)]
        assert any(words in text for text in texts), question
