"""What a question says of the report itself: whose it is, of which year, and that it is a report.

It tells which reports are meant, and nothing apart within them: nearly every passage is about the company, and none is
nearer for being in "the latest annual report". A question that reads "the company" instead of a name is nearer to the
rows and boxes that name nobody. This module does not know how documents are searched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from assistant.query.spelling import Spelling
from corpus.document import Document
from index.times import by_end, without_times, years
from index.words import english

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REPORT = r"(?:form\s+)?(?:10-[kq]|20-f)(?:\s+(?:report|filing))?|reports?|filings?"
_KIND = (
    r"most\s+recent|latest|last|current|recent|q[1-4]|(?:19|20)\d\d|fiscal|quarterly|annual|interim|sustainability|esg|"
    r"integrated|non-?financial|environmental|climate"
)
_IN_THE_REPORT = re.compile(
    r",?\s*(?:\b(?:as\s+)?(?:stated|detailed|reported|disclosed|given|described|mentioned|discussed)\s+)?"
    r"\b(?:in|from|of|for|by|per|within|according\s+to)\s+(?:(?:the|its|their|this)\s+|(?:the\s+)?[\w.&-]+['’]s?\s+)?"
    rf"(?:(?:{_KIND})\s+)*(?:{_REPORT})\b(?!\s+(?:of|on|by|to)\b),?",
    re.IGNORECASE,
)
_GAP = "\x00"
_AROUND_GAP = re.compile(rf"(?:(?:^| )(?:at|of|for|by|in|from|with))? ?{_GAP}(?:['’]s?(?!\w))?", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_TICKER = re.compile(
    r"\b(?i:(?:trading|ticker|stock) symbols?(?:\(s\))?)(?=\W)(?:(?!\.\s)[\s\S]){0,90}?\b([A-Z]{3,5})\b"
    r"|\b(?i:nasdaq|nyse|xetra|lse|euronext)\s?:\s?([A-Z]{3,5})\b"
)
_COVER_CHARS = 20_000
_FORMS = frozenset(
    "ab ag asa automobile bank bv co company corp corporation energy gmbh group holding holdings inc incorporated "
    "international kg limited llc lp ltd nv oyj plc sa se spa the".split()
)


class Entities:
    """The companies of some reports as questions name them.

    Args:
        documents: The reports by id.
        spelled: A word in small letters as the reports spell it, or as it is.
    """

    def __init__(self, documents: Mapping[str, Document], spelled: Callable[[str], str]) -> None:
        self._documents = documents
        names = {d.id: short_name(d.company, d.text) for d in documents.values()}
        self._patterns = {d.id: company_pattern(d.company, names[d.id]) for d in documents.values()}
        self._spelling = Spelling(documents, names, {d.id: ticker(d.text) for d in documents.values()}, spelled)

    def spelled(self, question: str) -> str:
        """A question with its words and companies' names as the reports spell them."""
        return self._spelling.corrected(question)

    def reports(self, question: str, earlier: Sequence[str] = ()) -> tuple[str, ...]:
        """The ids of the reports of the companies and years that a question names.

        Args:
            question: What is asked.
            earlier: Earlier questions of the conversation: where the question names no company, the last of them that
                does names it.

        Returns:
            None where no company is named.
        """
        asked = [self.spelled(question)]
        dated = bool(years(asked[0]))
        for text in reversed(earlier):
            text = self.spelled(text)
            asked.append(f"{asked[0]} {_YEAR.sub('', text) if dated else text}")
        return next(filter(None, (scope(text, self._documents, self._patterns) for text in asked)), ())

    def plain(self, question: str, documents: Collection[str] = (), instead: str = "") -> str:
        """A question without the times that it names but for years, and with `instead` for the companies.

        Nearly every passage of a report is about the company, and rows name the times in their headers.
        """
        return without_times(self.nameless(question, documents, instead))

    def nameless(self, question: str, documents: Collection[str] = (), instead: str = "the company") -> str:
        """A question with `instead` for the companies of reports, of all where none are given."""
        found = (self._patterns.get(name) for name in documents or self._documents)
        return without_company(question, filter(None, found), instead)

    def is_one_company(self, documents: Collection[str] = ()) -> bool:
        """Whether some reports, all where none are given, are of one company: its name tells no figures apart."""
        return len({self._documents[name].company for name in documents or self._documents}) == 1


def short_name(company: str, text: str) -> str:
    """The one word that a company is called by, empty where its name has no word of its own.

    Args:
        company: The name in full.
        text: Its report: of several words that could be the short name, the one meant is the one used most.
    """
    own: list[str] = [word for word in _WORD.findall(company) if word.lower() not in _FORMS and len(word) > 1]
    coined = [word for word in own if word.lower() not in english()]
    if len(coined) < 2:
        return [*coined, *own, ""][0]
    used = Counter(_WORD.findall(text.lower()))
    return max(coined, key=lambda word: used[word.lower()])


def ticker(text: str) -> str:
    """The symbol that a report says its company's shares are traded under, empty where it does not say."""
    found = _TICKER.search(text, 0, _COVER_CHARS)
    symbol = found[1] or found[2] if found else ""
    return symbol if symbol.lower() not in english() else ""


def company_pattern(company: str, name: str) -> re.Pattern[str] | None:
    """What finds a company's name in a question, in full or short.

    Args:
        company: The name in full.
        name: Its short name.

    Returns:
        The pattern, None where there is no short name. One that is an English word must have its capital.
    """
    if not name:
        return None
    others = "|".join(f"(?i:{re.escape(word)})" for word in _WORD.findall(company))
    is_coined = name.lower() not in english()
    short = rf"(?i:{re.escape(name)})" if is_coined else rf"{re.escape(name[0].upper())}(?i:{re.escape(name[1:])})"
    return re.compile(rf"(?:\b(?:the|an?) )?(?:\b(?:{others})[ .,]+)*\b{short}\b(?:[ ,]+(?:{others})\b\.?)*")


def without_company(question: str, patterns: Iterable[re.Pattern[str]], instead: str = "the company") -> str:
    """A question with `instead` wherever it names a company; where that is nothing, without the "of" before it too."""
    for pattern in patterns:
        question = pattern.sub(instead or _GAP, question)
    return question if instead else " ".join(_AROUND_GAP.sub("", question).split())


def without_report(question: str) -> str:
    """A question without "in the latest annual report" and the like; as it is where nothing else would be left."""
    rest = " ".join(_IN_THE_REPORT.sub(" ", question).split())
    return rest if len(_WORD.findall(rest)) > 2 else question


def scope(
    question: str, documents: Mapping[str, Document], patterns: Mapping[str, re.Pattern[str] | None]
) -> tuple[str, ...]:
    """The reports that a question is about by the companies and years that it names.

    Args:
        question: What is asked.
        documents: Reports by id.
        patterns: What finds each report's company in a question.

    Returns:
        Ids, none where the question names no company that has a report. A year narrows them where the company has a
        report of that year.
    """
    named = [name for name in documents if (pattern := patterns.get(name)) and pattern.search(question)]
    years = {int(year) for year in _YEAR.findall(by_end(question))}
    dated = [name for name in named if documents[name].year in years]
    companies = {documents[name].company for name in named}
    covered = {documents[name].company for name in dated} == companies
    return tuple(dated if covered else named)


def matching(documents: Iterable[Document], company: str = "", year: int | None = None) -> list[str]:
    """The ids of the reports of a company, by any part of its name, and of a year.

    Raises:
        ValueError: If there is none.
    """
    found = [
        document.id
        for document in documents
        if company.casefold() in document.company.casefold() and year in (None, document.year)
    ]
    if not found:
        named = " ".join(filter(None, (company, "" if year is None else str(year))))
        raise ValueError(f"no report of {named}: `reportqa list` shows each report's company and year")
    return found
