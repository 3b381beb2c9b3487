"""What the HanLP backend does around HanLP: finding models, and reading what other models give."""

from __future__ import annotations

from threading import Event
from types import SimpleNamespace

import pytest

from analyzer.errors import ShupingError
from analyzer.language import hanlp_models as found
from analyzer.language import pipeline
from analyzer.language.hanlp import Stretch, filled, reader_of
from analyzer.language.layout import lay_out
from analyzer.language.tags import coarse, universal

TEXT = "一是学习 不够。\n二是王芳的责任压得不实。"


def test_without_the_extra_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setattr(found, "find_spec", lambda name: None)
    for model in (None, "COARSE_ELECTRA_SMALL_ZH"):
        with pytest.raises(ShupingError) as caught:
            pipeline("hanlp", model)
        assert caught.value.code == "missing-extra"
        assert "torch" in caught.value.message
        assert "pip install" in caught.value.hint


def test_an_unknown_backend_names_those_there_are():
    with pytest.raises(ShupingError, match="jieba、hanlp"):
        pipeline("ltp")


def test_words_are_filled_up_to_the_whole_text():
    tokens = filled("甲乙 丙丁", [Stretch(0, 2, "n"), Stretch(4, 5, "v")])
    assert tokens == [(0, 2, "n"), (2, 3, "x"), (3, 4, "x"), (4, 5, "v")]


def joint_model(words, tags, entities):
    """What a joint model of HanLP's looks like to us."""
    given = {"tok/fine": words, "pos/ctb": tags, "ner/msra": entities}

    class Joint:
        tasks = dict.fromkeys([*given, "tok/coarse", "dep"])

        def __call__(self, sentences, tasks):
            assert sentences == ["一是学习 不够。", "二是王芳的责任压得不实。"]
            return {task: given[task] for task in tasks}

    return Joint()


def test_a_joint_model_gives_words_tags_and_entities_with_our_offsets():
    model = joint_model(
        [
            ["一", "是", "学习", "不", "够", "。"],
            ["二", "是", "王芳", "的", "责任", "压得", "不", "实", "。"],
        ],
        [["CD", "VC", "NN", "AD", "VA", "PU"], ["CD", "VC", "NR", "DEG", "NN", "VV", "AD", "VA", "PU"]],
        [[], [("王芳", "PERSON", 2, 3)]],
    )
    reading = reader_of(model, "joint")(TEXT, lay_out(TEXT))
    assert [TEXT[s.start : s.end] for s in reading.words[:4]] == ["一", "是", "学习", "不"]
    assert [(TEXT[s.start : s.end], s.label) for s in reading.entities] == [("王芳", "PERSON")]
    assert "".join(TEXT[s.start : s.end] for s in filled(TEXT, reading.words)) == TEXT


def test_a_tokenizer_gives_words_only():
    reading = reader_of(lambda sentences: [list(sentence) for sentence in sentences], "tok")(
        TEXT, lay_out(TEXT)
    )
    assert reading.entities == []
    assert {stretch.label for stretch in reading.words} == {"x"}


def test_words_that_a_model_has_rewritten_move_nothing_else():
    model = reader_of(lambda sentences: [["[UNK]", "学习", "［UNK］", "够"], ["责任", "不", "实"]], "tok")
    words = [TEXT[s.start : s.end] for s in model(TEXT, lay_out(TEXT)).words]
    assert words == ["学习", "够", "责任", "不", "实"]


@pytest.mark.parametrize("given", [[[("王芳", "PERSON", 0, 2)], []], [], [["一", "是"]], None], ids=repr)
def test_a_model_that_gives_no_words_is_a_clear_error(given):
    model = reader_of(lambda sentences: given, "MSRA_NER")
    with pytest.raises(ShupingError, match="MSRA_NER 不会分词"):
        model(TEXT, lay_out(TEXT))


@pytest.mark.parametrize(
    ("tag", "word", "expected"),
    [
        ("n", "党", "NOUN"),
        ("nr", "王芳", "PROPN"),
        ("NR", "王芳", "PROPN"),
        ("x", "，", "PUNCT"),
        ("x", "\n", "SPACE"),
        ("VC", "是", "AUX"),
        ("x", "ABC", "X"),
        ("NT", "今天", "NOUN"),
    ],
)
def test_tags_become_universal_ones(tag, word, expected):
    assert universal(tag, word) == expected


def test_rare_tags_become_coarse():
    assert [coarse(tag) for tag in ("nrfg", "ul", "eng", "vn", "zg")] == ["nr", "u", "x", "vn", "x"]


def test_the_default_backend_is_jieba():
    assert type(pipeline().tokenizer).__name__ == "JiebaTokenizer"


def test_a_server_that_does_not_answer_is_given_up_at_once(monkeypatch):
    released = Event()

    def stall(*_, **__):
        released.wait()
        raise OSError

    monkeypatch.setattr(found, "urlopen", stall)
    assert found._trouble("https://example.invalid/model.zip") == "1 秒内没有回应"
    released.set()


def test_an_answer_that_the_file_is_gone_is_told(monkeypatch):
    def gone(*_, **__):
        raise found.HTTPError("https://example.invalid", 404, "Not Found", None, None)

    monkeypatch.setattr(found, "urlopen", gone)
    assert found._trouble("https://example.invalid/model.zip") == "HTTP 404"


def test_a_server_that_answers_is_no_trouble(monkeypatch):
    class Answer(SimpleNamespace):
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(found, "urlopen", lambda *_, **__: Answer())
    assert found._trouble("https://example.invalid/model.zip") is None
