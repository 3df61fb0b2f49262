import subprocess
import sys

import pytest

from assistant.query.chinese.glossary import Word, glossary, simplified, words


def known(*names):
    return lambda word: word.lower() in names


def english(question, *names):
    return [word.english for word in words(question, known(*names)) if word.kind != "filler"]


def test_the_glossary_is_large_and_every_entry_is_simplified():
    assert len(glossary()) >= 3000
    assert all(simplified(chinese) == chinese for chinese in glossary())
    assert all(
        entry.english[0] or entry.kind in {"filler", "link", "measure", "yesno"} for entry in glossary().values()
    )


def test_the_longest_words_are_taken():
    assert english("非流动资产") == ["non-current assets"]
    assert english("温室气体排放强度") == ["greenhouse gas emission intensity"]
    assert english("研发投入强度目标") == ["R&D intensity", "target"]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("70万", "700,000"),
        ("1.5亿", "150,000,000"),
        ("3百万", "3,000,000"),
        ("2万亿", "2,000,000,000,000"),
        ("三百二十", "320"),
        ("一千零五", "1,005"),
        ("十二", "12"),
        ("两亿三千万", "230,000,000"),
        ("百分之三十", "30%"),
        ("百分之12.5", "12.5%"),
        ("1,204", "1,204"),
        ("99.5%", "99.5%"),
        ("ISO14001", "ISO14001"),
    ],
)
def test_figures_keep_their_value(text, figure):
    assert english(text) == [figure]


def test_a_multiplier_is_told_from_a_unit():
    assert english("5000千瓦时") == ["5000", "kWh"]
    assert english("30万千瓦时") == ["300,000", "kWh"]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2023年", ["2023"]),
        ("二〇二一年", ["2021"]),
        ("2023年度", ["2023"]),
        ("2023年底", ["2023", "year end"]),
        ("2021-2023年", ["from 2021 to 2023"]),
        ("2021年至2023年", ["from 2021 to 2023"]),
        ("12月31日", ["31 December"]),
        ("十月三日", ["3 October"]),
        ("三年内", ["within 3 years"]),
    ],
)
def test_times(text, time):
    found = words(text, known())
    assert [word.english for word in found] == time
    assert {word.kind for word in found} == {"time"}


def test_a_name_is_kept_where_the_reports_know_it():
    assert words("霞浦", known("xiapu")) == [Word("Xiapu", "name")]
    assert words("霞浦", known()) == []
    assert english("霞浦工厂", "xiapu") == ["Xiapu", "factories"]
    assert english("兴安岭", "xing'anling") == ["Xing'anling"]


def test_a_persons_name_is_family_and_given_name():
    assert english("徐文浩", "xu", "wenhao") == ["Xu Wenhao"]
    assert english("徐文浩", "xu") == []
    assert english("徐文浩", "wenhao") == ["Wenhao"]


def test_a_word_of_the_glossary_goes_before_a_name():
    assert english("排放", "paifang") == ["emissions"]


def test_pinyin_is_not_read_before_a_chinese_question():
    code = (
        "import sys; from assistant.query.chinese.translation import is_chinese; is_chinese('how many');"
        " sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
