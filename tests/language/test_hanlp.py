"""The HanLP backend with the components that ship with the project; skipped without the extra."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra shuping[hanlp] is not installed: no torch")
pytest.importorskip("hanlp", reason="the extra shuping[hanlp] is not installed: no hanlp")

from analyzer.config import models_folder
from analyzer.errors import ShupingError
from analyzer.language import blank, pipeline
from analyzer.language.hanlp import shipped

ROOT = Path(__file__).parents[2]
REPORTS = ("w6/w6-05", "w7/w7-03", "w13/w13-02")  # middling, spoiled, flat


@pytest.fixture(params=REPORTS)
def text(request):
    return (ROOT / "corpora" / f"{request.param}.txt").read_text("utf-8-sig")


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_the_doc_has_the_same_text_and_offsets_as_with_jieba(text):
    ours, jieba = blank("hanlp")(text), blank()(text)
    assert ours.text == jieba.text == ours._.repaired.text
    assert (ours._.repaired.offsets == jieba._.repaired.offsets).all()
    assert (ours._.layout.clauses == jieba._.layout.clauses).all()


def test_tokens_cover_the_text_and_have_tags(text):
    doc = blank("hanlp")(text)
    assert "".join(token.text for token in doc) == doc.text
    assert all(token.tag_ and token.pos_ for token in doc)
    assert 1.2 < len(doc.text) / len(doc) < 2.5  # words, not characters or sentences


def test_most_words_are_those_of_jieba(text):
    ours, jieba = ({(t.idx, t.text) for t in pipeline(name)(text)} for name in ("hanlp", "jieba"))
    assert len(ours & jieba) / len(jieba) > 0.75


def test_entities_lie_inside_the_text_and_mark_causes_and_measures(text):
    doc = blank("hanlp")(text)
    assert doc.ents
    assert {ent.label_ for ent in doc.ents} <= {"CAUSE", "MEASURE"}
    for ent in doc.ents:
        assert 0 <= ent.start_char < ent.end_char <= len(doc.text)
        assert doc.text[ent.start_char : ent.end_char] == ent.text
        assert "\n" not in ent.text


def test_the_same_text_gives_the_same_doc(text):
    some, other = blank("hanlp")(text), blank("hanlp")(text)
    assert [(t.text, t.tag_) for t in some] == [(t.text, t.tag_) for t in other]
    assert [str(e) for e in some.ents] == [str(e) for e in other.ents]


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "短", "a" * 3000, "𬭩㙊🙂" * 5], ids=repr)
def test_odd_texts_are_read(text):
    doc = blank("hanlp")(text)
    assert doc.text == blank()(text).text


def test_the_components_load_with_the_network_cut(no_network):
    shipped.cache_clear()
    assert shipped(models_folder() / "hanlp")


def test_a_damaged_component_is_a_clear_error(tmp_path):
    folder = shutil.copytree(models_folder() / "hanlp", tmp_path / "hanlp")
    (folder / "spans" / "model.pt").write_bytes(b"nothing of the kind")
    with pytest.raises(ShupingError) as caught:
        shipped(folder)
    assert caught.value.code == "models"


def test_a_pickle_in_place_of_weights_is_not_executed(tmp_path):
    import torch

    class Hostile:
        def __reduce__(self):
            return (open, (str(tmp_path / "executed"), "w"))

    folder = shutil.copytree(models_folder() / "hanlp", tmp_path / "hanlp")
    torch.save({"out.weight": Hostile()}, folder / "spans" / "model.pt")
    (tmp_path / "executed").unlink(missing_ok=True)
    with pytest.raises(ShupingError):
        shipped(folder)
    assert not (tmp_path / "executed").exists()


def test_jieba_needs_no_torch_even_where_it_is_installed():
    code = "import sys, analyzer; analyzer.analyze('一、学习不够。'); sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
