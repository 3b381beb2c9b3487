from pathlib import Path

import pytest

from analyzer.language import blank, pipeline
from analyzer.language.segmentation import _plain_jieba, segmenter

CORPORA = Path(__file__).parents[2] / "corpora"


def test_the_fast_segmenter_cuts_where_jieba_cuts():
    reference = _plain_jieba()
    same = total = 0
    for path in sorted(CORPORA.glob("w*/w*-01.txt")):
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            ours, theirs = edges(segmenter().cut(line)), edges(reference.cut(line))
            same += len(ours & theirs)
            total += len(ours | theirs)
    assert total > 5_000
    assert same / total > 0.995


@pytest.mark.parametrize("word", ["首次", "层次", "两张皮", "学习次"])
def test_both_segmenters_know_the_same_words(word):
    assert segmenter().is_word(word) == _plain_jieba().is_word(word)


def edges(words):
    found, position = set(), 0
    for word in words:
        position += len(word)
        found.add(position)
    return found


def test_terms_of_the_genre_are_one_word():
    words = [token.text for token in pipeline()("切实解决党建与业务两张皮问题，履行第一责任人职责")]
    assert "两张皮" in words
    assert "第一责任人" in words


def test_the_doc_keeps_the_repaired_text_whole():
    text = "　　一是 学习\n不够。\r\n\r\n二是XX次"
    doc = pipeline()(text)
    assert doc.text == doc._.repaired.text == blank()(text).text


def test_words_are_those_of_spacys_doc():
    text = "扎实开展党史学习教育学习，办好实事。"
    doc, light = pipeline()(text), blank()(text)
    stretches = [(start, end) for start in range(len(text)) for end in range(start + 1, len(text) + 1)]
    words = [text[start:end] for start, end in stretches if light._.is_word(start, end)]
    assert words == [token.text for token in doc]
    assert words == [text[start:end] for start, end in stretches if doc._.is_word(start, end)]
