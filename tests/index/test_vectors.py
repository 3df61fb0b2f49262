import numpy as np
import pytest

from index.vectors import VectorIndex


def unit(array):
    return (array / np.linalg.norm(array, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def vectors():
    """Real-looking ones: 3,000 around 60 centres."""
    random = np.random.default_rng(5)
    centres = unit(random.normal(size=(60, 32)))
    return unit(centres[random.integers(0, 60, 3000)] + random.normal(size=(3000, 32)) * 0.1)


@pytest.fixture(scope="module")
def places():
    return np.arange(3000, dtype=np.int64) // 3  # three vectors a place


@pytest.fixture(scope="module", params=[True, False], ids=["exact", "quantised"])
def index(request, vectors, places):
    built = VectorIndex.build(vectors, places, exact_up_to=3000 if request.param else 2999)
    assert built.exact is request.param and len(built) == 3000
    return built


def nearest(vectors, places, query, k, allowed=None):
    scores = vectors @ query
    if allowed is not None:
        scores[~allowed[places]] = -2
    return places[np.argsort(-scores, kind="stable")[:k]].tolist()


def test_the_nearest_are_found(index, vectors, places):
    found = [[place for place, _ in index.search(query, 10)] for query in vectors[::100]]
    expected = [nearest(vectors, places, query, 10) for query in vectors[::100]]
    recall = np.mean([len(set(a) & set(b)) / len(set(b)) for a, b in zip(found, expected, strict=True)])
    assert recall == 1 if index.exact else recall >= 0.95
    assert [a[0] for a in found] == [b[0] for b in expected]


def test_only_allowed_places_are_found(index, vectors, places):
    allowed = np.zeros(1000, bool)
    allowed[[7, 500, 999]] = True
    found = [place for place, _ in index.search(vectors[0], 20, allowed)]
    assert sorted(found) == [7, 7, 7, 500, 500, 500, 999, 999, 999]
    assert found[0] == nearest(vectors, places, vectors[0], 1, allowed)[0]


def test_more_are_asked_for_than_there_are(vectors):
    few = VectorIndex.build(vectors[:4], np.array([0, 1, 2, 3]))
    assert sorted(place for place, _ in few.search(vectors[0], 10)) == [0, 1, 2, 3]


def test_a_saved_index_finds_the_same(index, vectors, tmp_path):
    index.save(tmp_path / "vectors.faiss")
    loaded = VectorIndex.load(tmp_path / "vectors.faiss")
    assert loaded.exact is index.exact
    (tmp_path / "vectors.faiss").unlink()  # as a writer does that has put another in its place
    assert loaded.search(vectors[3], 30) == index.search(vectors[3], 30)
    assert np.array_equal(loaded.vectors(), index.vectors())


def test_a_file_that_cannot_be_read_is_an_error_of_the_system(tmp_path):
    """Whoever opens a library reads again where a writer took the file away meanwhile."""
    with pytest.raises(OSError, match=r"cannot read the vectors in .*gone\.faiss"):
        VectorIndex.load(tmp_path / "gone.faiss")


def test_vectors_are_given_back(index, vectors):
    assert np.abs(index.vectors() - vectors).max() <= (0 if index.exact else 0.01)
