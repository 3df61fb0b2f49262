"""How well a place of a report says in words what a sentence says.

Half is the cosine of the default embedder's vectors, half the share of the sentence's words, the rare ones weighing
more, that the place holds as they are or as synonyms. Figures, names and denials are not this module's business.

`eval.proof_calibration` chose the three thresholds on 154 true statements made of question sets over two reports: 0.955
of them pass. Of those whose figures pass already, 0.74 are refused where they say of one thing what the report says of
another, and 0.79 where they cite another question's evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.figure import find_figures
from index.passage_index import Embedder
from index.words import related, stem, words

# A sentence is supported where a place says at least this much of it,
SUPPORTED = 0.35
# and no other place is so much nearer in meaning, or holds so much more of its words, figures left out: else the
# figures are this place's, and what is said of them is the other's.
NEARER = 0.18
FULLER = 0.10


class Support:
    """Compares sentences with places.

    Args:
        embedder: The default embedder: the thresholds are measured with no other.
        rarity: The weight of a stem, as an inverse document frequency.
        readings: n places as they read, each led by its section.
        known: What every place says without saying it: its report's title and company.
    """

    def __init__(
        self, embedder: Embedder, rarity: Callable[[str], float], readings: Sequence[str], known: Sequence[str]
    ) -> None:
        self._embedder = embedder
        self._rarity = rarity
        self._readings = list(readings)
        self._remembered: dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}
        self._held = [stems(f"{reading}\n{more}") for reading, more in zip(self._readings, known, strict=True)]

    def of_places(self, sentence: str) -> NDArray[np.float64]:
        """How well each place says a sentence, shape (n,), higher is better, 1 at the most."""
        cosines, shares = self._parts(sentence)
        return np.asarray((cosines + shares) / 2, np.float64)

    def of_several(self, sentence: str, places: Sequence[int]) -> float:
        """How well some places say a sentence together: all their words, the nearest one's meaning."""
        cosines, _ = self._parts(sentence)
        return (float(cosines[list(places)].max()) + self.share(sentence, places)) / 2

    def lead(self, sentence: str, places: Sequence[int]) -> tuple[float, float]:
        """How much nearer some places are to a sentence than any other, and how much more of its words they hold."""
        cosines, shares = self._parts(without_figures(sentence))
        others = [place for place in range(len(self._readings)) if place not in places]
        nearer = cosines[list(places)].max() - max(cosines[others], default=0.0)
        fuller = self.share(without_figures(sentence), places) - max(shares[others], default=0.0)
        return float(nearer), float(fuller)

    def share(self, sentence: str, places: Sequence[int]) -> float:
        """The share of a sentence's words that some places hold together, in [0, 1]; figures are no words."""
        return self._share(sentence, set().union(*(self._held[place] for place in places)))

    def _parts(self, sentence: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Cosine and share of words of each place, remembered for a sentence that is asked about again."""
        if sentence not in self._remembered:
            vector = self._embedder.embed([sentence])[0]
            cosines = np.maximum(self._vectors[0] @ vector, self._vectors[1] @ vector).astype(np.float64)
            self._remembered[sentence] = cosines, np.array([self._share(sentence, held) for held in self._held])
        return self._remembered[sentence]

    def _share(self, sentence: str, held: set[str]) -> float:
        weights = {word: self._rarity(word) for word in stems(sentence)}
        said = sum(w for word, w in weights.items() if word in held or any(other in held for other in related([word])))
        return said / sum(weights.values()) if weights else 1.0

    @cached_property
    def _vectors(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The places' vectors with and without their sections, shape (n, dimension) each."""
        bodies = [reading.partition("\n")[2] or reading for reading in self._readings]
        both = self._embedder.embed([*self._readings, *bodies])
        return both[: len(bodies)], both[len(bodies) :]


def without_figures(text: str) -> str:
    """A text without its figures and their units."""
    end, rest = 0, ""
    for found in find_figures(text):
        rest += text[end : found.start] + " "
        end = found.end
    return rest + text[end:]


def stems(text: str) -> set[str]:
    """The stems of a text's words, figures and stop words left out."""
    return {stem(word) for word in words(without_figures(text)) if not word[0].isdigit()}
