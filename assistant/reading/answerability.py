"""How sure we may be that a place answers a question: a logistic model over what the search and the reader say of it.

The weights are fitted on questions over reports that the reader was not trained on, and lie beside the reader's own.
This module does not know how they are fitted.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.reading.reader import DEFAULT_READER
from index.hit import Hit
from index.words import held_phrases, related, stands, stem, words

Features = dict[str, float]
# Whether a year is the passage's own is the scope's business; that a report speaks of its company goes without saying.
_UNSAID = re.compile(r"(?:19|20)\d\d|years?|last|during|periods?|reporting|fiscal|company|group|firm|reports?")
# Without fitted weights the reader's score alone decides, as far as an unknown model's score can be trusted.
_UNFITTED = {"reader": 0.5, "rank": -0.3, "unknown_names": -1.0}


@dataclass(frozen=True, slots=True)
class Confidence:
    """Log-odds that are linear in the features.

    Attributes:
        weights: A weight a feature.
        bias: Log-odds where all features are 0.
        threshold: The probability below which an answer is withheld.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: dict(_UNFITTED))
    bias: float = 0.0
    threshold: float = 0.5

    @classmethod
    def load(cls, path: Path) -> Confidence:
        """Fitted weights from a JSON file, the unfitted ones where there is none."""
        if not path.is_file():
            return cls()
        saved = json.loads(path.read_text("utf-8"))
        return cls(saved["weights"], saved["bias"], saved["threshold"])

    @classmethod
    def of_reader(cls, name: str | None) -> Confidence:
        """The weights that lie in a reader's folder; the shipped reader's where no name is given."""
        return cls.load((Path(name) if name else DEFAULT_READER) / "confidence.json")

    def log_odds(self, features: Features) -> float:
        """Log-odds that a place answers: higher is better, comparable between questions."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())

    @staticmethod
    def probability(log_odds: float) -> float:
        """Probability in (0, 1)."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def features(hit: Hit, reader_score: float, question: Features, shared: float) -> Features:
    """What is known of a place that may answer.

    Args:
        hit: The passage and how it was found.
        reader_score: The reader's score of its best span against none.
        question: What is known of the question, from `of_question`, and of how the passage falls short of it.
        shared: Share of the question's words that the passage holds, in [0, 1].
    """
    reader = max(-12.0, min(12.0, reader_score))
    return question | {
        "reader": reader,
        "reader_sure": max(0.0, reader),
        "lexical": min(hit.lexical, 4.0),
        "similarity": hit.similarity,
        "rank": math.log(hit.rank),
        "shared": shared,
    }


def of_question(question: str, unknown_names: int, is_known: Callable[[str], bool]) -> Features:
    """Features that all places share: names, and the share of other words, that no report holds."""
    asked = [word for word in words(question) if word.isalpha()]
    unknown = [w for w in asked if not is_known(w) and not any(is_known(other) for other in related([stem(w)]))]
    return {"unknown_names": float(unknown_names), "unknown_words": len(unknown) / max(1, len(asked))}


def shared_words(question: str, held: Collection[str], rarity: Callable[[str], float] = lambda stemmed: 1.0) -> float:
    """Share of a question's words that a passage holds, as they are or as synonyms, in [0, 1].

    Args:
        question: What is asked.
        held: The stems of what is read.
        rarity: The weight of a stem: a rare word that is missing tells more than a common one.
    """
    asked = list(dict.fromkeys(stem(word) for word in words(question) if not _UNSAID.fullmatch(word)))
    if not asked:
        return 0.0
    weights = {word: rarity(word) for word in asked}
    as_phrase = held_phrases(asked, held)
    found = sum(weight for word, weight in weights.items() if word in as_phrase or stands(word, held))
    return found / sum(weights.values())
