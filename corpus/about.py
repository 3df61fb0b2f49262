"""What is known about a report from its own words: title, company, year, language.

This module does not know files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OVER_TWO = re.compile(r"(?<!\d)((?:19|20)\d\d)/(\d\d)(?!\d)")
_REPORT = re.compile(
    r"\b(?:report|review|statements?|disclosures?|form (?:10-[kq]|20-f)|accounts|factsheet|data ?book)\b|报告",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\b(?:annual|sustainability|esg|environmental|social|integrated|corporate|non-?financial|quarterly|interim|climate|"
    r"responsibility|report|review|statements?|(?:fiscal )?(?:fy ?)?(?:q[1-4] )?(?:19|20)\d\d)\b.*",
    re.IGNORECASE,
)
_FORM = re.compile(r"^\W*form (?:10-[kq]|20-f)\b\W*|\W*\bform (?:10-[kq]|20-f)\b.*$", re.IGNORECASE)
_LEGAL = re.compile(
    r"(?:[A-Z][\w.&’'-]*,? (?:(?:[A-Z&][\w.&’'-]*|of|and|de),? ){0,4}?)"
    r"(?:Inc\b\.?|INC\b\.?|Corporation|CORPORATION|Corp\b\.?|AG|SE|plc|PLC|Ltd\b\.?|LTD\b\.?|Limited|LIMITED|GmbH|S\.A\.|N\.V\.|"
    r"KGaA|ASA|AB|Oyj|A/S|S\.p\.A\.|Group)(?![\w-])"
)
_MAX_TITLE_CHARS = 160
_LANGUAGES = {
    "en": "the and of to in is for that with are our",
    "de": "der die und das den von mit für ist wir auf",
    "fr": "le la les des et du une dans pour que nous",
    "es": "el los las y del una para que con nuestro por",
    "it": "il gli di che per una della dei con nostro nel",
    "nl": "het een van en voor met zijn wij onze op de",
    "pt": "os as do da em para uma com que nosso por",
}


def find_title(candidates: Sequence[str]) -> str:
    """The first candidate that names a kind of report, else the first."""
    short = [" ".join(line.split()) for line in candidates if 0 < len(line.strip()) <= _MAX_TITLE_CHARS]
    named = (line for line in short if _REPORT.search(line) and not line.endswith("."))
    return next(named, short[0] if short else "")


def company_in(title: str) -> str:
    """What a title says before it names the kind of report."""
    first = re.split(r"\s[|–—-]\s|:\s", title)[0]
    return re.sub(r"['’]s$", "", _KIND.sub("", _FORM.sub("", first)).strip(" ,-–—|"))


def legal_name(text: str) -> str:
    """The name with a legal form that a text has most often, empty where it has none."""
    found = Counter(" ".join(match.group().split()) for match in _LEGAL.finditer(text))
    return found.most_common(1)[0][0] if found else ""


def find_year(places: Iterable[str]) -> int | None:
    """The last year of the first place that names one; "2023/24" is the year that ends in 2024."""
    for place in places:
        years = _YEAR.findall(_OVER_TWO.sub(lambda two: f"{two[1]} {two[1][:2]}{two[2]}", place))
        if years:
            return int(years[-1])
    return None


def find_language(text: str) -> str:
    """Chinese where a good part of the letters are; else the language whose small words are the most, or English."""
    letters = sum(map(str.isalpha, text))
    if 5 * len(re.findall(r"[\u4e00-\u9fff]", text)) > letters:
        return "zh"
    words = Counter(re.findall(r"[^\W\d_]+", text[:200_000].lower()))
    counts = {code: sum(words[word] for word in small.split()) for code, small in _LANGUAGES.items()}
    return max(counts, key=lambda code: (counts[code], code == "en"))
