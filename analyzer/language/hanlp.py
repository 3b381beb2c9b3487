"""The HanLP backend: the same Doc as jieba's, with tags and entities, from HanLP's components.

Our own components read words, coarse tags, CAUSE and MEASURE; they ship with the project.  Any other model of
HanLP's gives what it was trained for.  HanLP and torch are imported when the tokenizer is made.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

from spacy.tokens import Doc
from spacy.util import filter_spans
from spacy.vocab import Vocab

from analyzer.config import models_folder
from analyzer.errors import error
from analyzer.language.hanlp_models import locate, require_extra
from analyzer.language.layout import Layout, lay_out
from analyzer.language.repair import repair
from analyzer.language.tags import universal
from analyzer.language.windows import Stretch, Window, sentences, windows

if TYPE_CHECKING:
    from analyzer.language.hanlp_tagger import CharTagger

# The tasks of a joint model that we ask for, the likest to ours first.
_TASKS = (("tok/fine", "tok"), ("pos/ctb", "pos/pku", "pos"), ("ner/msra", "ner/pku", "ner/ontonotes", "ner"))
_OTHER = "x"


class Reading(NamedTuple):
    """What components found in a text, in order; words need not cover it."""

    words: list[Stretch]
    entities: list[Stretch]


Reader = Callable[[str, Layout], Reading]


class HanLPTokenizer:
    """A spaCy tokenizer: repair the text as read, then let HanLP's components read it.

    Parameters
    ----------
    vocab : Vocab
    model : str, optional
        A folder or a name of HanLP's list; our own components where left out.

    Raises
    ------
    ShupingError
        Codes of `analyzer.language.hanlp_models.locate`.
    """

    def __init__(self, vocab: Vocab, model: str | None = None) -> None:
        require_extra()
        self.vocab = vocab
        self._read = shipped(models_folder() / "hanlp") if model is None else _pretrained(model)

    def __call__(self, text: str) -> Doc:
        """Return the Doc of the repaired text, with ``tag_``, ``pos_`` and ``ents``."""
        repaired = repair(text)
        layout = lay_out(repaired.text)
        reading = self._read(repaired.text, layout)
        tokens = filled(repaired.text, reading.words)
        words = [repaired.text[start:end] for start, end, _ in tokens]
        doc = Doc(
            self.vocab,
            words=words,
            spaces=[False] * len(words),
            tags=[tag for *_, tag in tokens],
            pos=[universal(tag, word) for word, (*_, tag) in zip(words, tokens, strict=True)],
        )
        doc._.repaired = repaired
        doc._.layout = layout
        # An entity may begin or end within a word; the Doc's entities are whole words.
        spans = (
            doc.char_span(start, end, label, alignment_mode="expand")
            for start, end, label in reading.entities
        )
        doc.set_ents(filter_spans([span for span in spans if span is not None]))
        return doc


def filled(text: str, words: Iterable[Stretch]) -> list[Stretch]:
    """Return the words, and between them every character as a word of its own: the whole text."""
    tokens: list[Stretch] = []
    position = 0
    for word in words:
        tokens += [Stretch(at, at + 1, _OTHER) for at in range(position, word.start)]
        tokens.append(word)
        position = word.end
    return tokens + [Stretch(at, at + 1, _OTHER) for at in range(position, len(text))]


@cache
def shipped(folder: Path) -> Reader:
    """Return the reader of our own components.

    Raises
    ------
    ShupingError
        Code ``models`` where a file is missing or damaged.
    """
    import torch

    from analyzer.language.hanlp_tagger import load

    torch.set_num_threads(1)  # the networks are small: more threads only wait for each other
    try:
        words, spans = (load(folder / name) for name in ("words", "spans"))
    except Exception as reason:  # HanLP and torch raise what they like
        raise error("models", folder, detail=type(reason).__name__) from reason

    def read(text: str, layout: Layout) -> Reading:
        return Reading(find(words, text, sentences(layout)), find(spans, text, windows(text, layout)))

    return read


def find(tagger: CharTagger, text: str, places: Sequence[Window]) -> list[Stretch]:
    """Return what a tagger finds in some places of a text, their leads left out."""
    if not places:
        return []
    found = tagger.find([place.lead + text[place.start : place.end] for place in places])
    return [
        Stretch(start + shift, end + shift, label)
        for place, stretches in zip(places, found, strict=True)
        for shift in [place.start - len(place.lead)]
        for start, end, label in stretches
        if start + shift >= place.start
    ]


@cache
def _pretrained(name: str) -> Reader:
    source = locate(name)
    import hanlp

    try:
        with redirect_stdout(sys.stderr):  # what HanLP has to say is no part of our output
            component = hanlp.load(source, verbose=False, devices=-1)
    except Exception as reason:  # a model of another framework, a broken download, a lost connection …
        raise error("hanlp-model", detail=f"{name} 读不进来（{type(reason).__name__}：{reason}）") from reason
    return reader_of(component, name)


def reader_of(component: Any, name: str) -> Reader:
    """Return the reader of a joint model or a tokenizer of HanLP's."""
    tasks = [
        next((name for name in wanted if name in component.tasks), None)
        for wanted in _TASKS
        if hasattr(component, "tasks")
    ]

    def read(text: str, layout: Layout) -> Reading:
        spans = layout.sentences.tolist()
        texts = [text[start:end] for start, end in spans]
        if not texts:
            return Reading([], [])
        if tasks:
            given = component(texts, tasks=[task for task in tasks if task])
            words, tags, entities = (given[task] if task else None for task in tasks)
        else:
            words, tags, entities = component(texts), None, None
        if not _are_words(words, len(texts)):
            raise error("hanlp-model", detail=f"{name} 不会分词")
        return _placed(spans, texts, words, tags, entities)

    return read


def _are_words(given: Any, count: int) -> TypeGuard[list[list[str]]]:
    """Whether a component gave the words of that many sentences."""
    return (
        isinstance(given, list)
        and len(given) == count
        and all(
            isinstance(sentence, list) and all(isinstance(w, str) for w in sentence) for sentence in given
        )
    )


def _placed(
    spans: Sequence[tuple[int, int]],
    texts: Sequence[str],
    words: Sequence[Sequence[str]],
    tags: Sequence[Sequence[str]] | None,
    entities: Sequence[Sequence[tuple[str, str, int, int]]] | None,
) -> Reading:
    """Return where the words and entities (as word numbers) of some sentences stand in the text."""
    reading = Reading([], [])
    for number, ((shift, _), sentence) in enumerate(zip(spans, texts, strict=True)):
        places: list[Stretch] = []
        position = 0
        for k, word in enumerate(words[number]):
            at = sentence.find(word, position)
            begin = position if at < 0 else at  # a word that HanLP has rewritten takes no room
            position = begin if at < 0 else begin + len(word)
            places.append(Stretch(shift + begin, shift + position, tags[number][k] if tags else _OTHER))
        reading.words.extend(place for place in places if place.start < place.end)
        for _, label, first, stop in entities[number] if entities else ():
            if first < stop <= len(places) and places[first].start < places[stop - 1].end:
                reading.entities.append(Stretch(places[first].start, places[stop - 1].end, label))
    return reading
