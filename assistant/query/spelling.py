"""A question's words and companies' names as the indexed reports spell them.

Questions are typed in haste: misspelt, without apostrophes, without capitals. What is done to each word alone is
`index.lexical`'s business; this module does not know how words are compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from corpus.document import Document
from index.words import english

# Words by themselves, not parts of a code or of a foreign name; abbreviations in capitals are left alone.
_WORD = re.compile(r"(?<![^\W_])[A-Za-z][a-z]{4,}(?![^\W_])")
_CONTRACTED = re.compile(r"\b(what|who|where|how|when)['’]?s\b", re.IGNORECASE)
_REMEMBERED = 1024
_CAPITALISED = re.compile(r"\b[A-Z][a-z]")


class Spelling:
    """Corrects questions.

    Args:
        documents: The reports by id.
        names: The short name of each report's company, empty where it has none.
        tickers: The symbol of each report's company, which stands for its name, likewise.
        spelled: A word in small letters as the reports spell it, or as it is.
    """

    def __init__(
        self,
        documents: Mapping[str, Document],
        names: Mapping[str, str],
        tickers: Mapping[str, str],
        spelled: Callable[[str], str],
    ) -> None:
        self._documents = documents
        self._names = names
        self._tickers = {symbol: names[key] for key, symbol in tickers.items() if symbol and names[key]}
        self._spelled = spelled
        self._is_name_alone = lru_cache(maxsize=None)(self._never_a_word_elsewhere)
        self._remembered = lru_cache(_REMEMBERED)(self._corrected)

    def corrected(self, question: str) -> str:
        """A question with its words corrected, and with companies' names capitalised and possessive where they are."""
        return self._remembered(question)

    def _corrected(self, question: str) -> str:
        question = _CONTRACTED.sub(r"\1 is", question)
        for symbol, name in self._tickers.items():
            question = re.sub(rf"(?<![^\W_]){symbol}(?![^\W_])", name.capitalize(), question, flags=re.IGNORECASE)
        in_small_letters = not _CAPITALISED.search(question)
        for name in dict.fromkeys(filter(None, self._names.values())):
            if name.lower() not in question.lower():
                continue
            is_coined = name.lower() not in english()
            if in_small_letters and (is_coined or self._is_name_alone(name.lower())):
                question = re.sub(rf"\b{re.escape(name)}(?=s?\b)", name.capitalize(), question, flags=re.IGNORECASE)
            # At the start a capital tells nothing: "Targets for 2030" are not Target's.
            own = rf"\b{re.escape(name)}" if is_coined else rf"(?<!^)\b{name[0].upper()}(?i:{re.escape(name[1:])})"
            question = re.sub(rf"({own})s\b", r"\1's", question, flags=re.IGNORECASE if is_coined else 0)
        return _WORD.sub(self._word, question)

    def _word(self, match: re.Match[str]) -> str:
        word = match[0].lower()
        spelled = self._spelled(word)
        if spelled == word:
            return match[0]
        return spelled.capitalize() if match[0][0].isupper() else spelled

    def _never_a_word_elsewhere(self, name: str) -> bool:
        """Whether no other company's report has a name, which is an English word, in small letters."""
        word = re.compile(rf"(?<![\w.@/]){re.escape(name)}s?(?![\w.@])")
        return not any(
            name in document.text and word.search(document.text)
            for key, document in self._documents.items()
            if self._names[key].lower() != name
        )
