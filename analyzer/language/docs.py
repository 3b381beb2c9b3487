"""spaCy Docs of reports: words by jieba or HanLP beside what `laid_out` knows.

The Doc holds the *repaired* text.  ``doc._.layout`` has its units and ``doc._.repaired`` the way back to
the text as read.
"""

from __future__ import annotations

from collections.abc import Callable

import analyzer.language.lean  # noqa: F401 - before anything else of spaCy

# isort: split
from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import get_lang_class
from spacy.vocab import Vocab

from analyzer.config import BACKENDS
from analyzer.errors import error
from analyzer.language.layout import lay_out
from analyzer.language.repair import repair
from analyzer.language.segmentation import segmenter


def _is_word(doc: Doc, start: int, end: int) -> bool:
    found = doc.char_span(start, end)
    return found is not None and len(found) == 1


for _name in ("layout", "repaired", "draft"):
    Doc.set_extension(_name, default=None, force=True)
Doc.set_extension("is_word", method=_is_word, force=True)


class JiebaTokenizer:
    """A spaCy tokenizer: repair the text as read, then cut it with jieba."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._cut = segmenter().cut

    def __call__(self, text: str) -> Doc:
        """Return the Doc of the repaired text."""
        repaired = repair(text)
        words = self._cut(repaired.text)
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        doc._.repaired = repaired
        doc._.layout = lay_out(repaired.text)
        return doc


def pipeline(backend: str = BACKENDS[0], hanlp_model: str | None = None) -> Language:
    """Return a new blank Chinese pipeline of spaCy's with our tokenizer, to add components to.

    Parameters
    ----------
    backend : str
        What cuts the text into words, one of `BACKENDS`.
    hanlp_model : str, optional
        For the backend ``hanlp``; see `analyzer.language.hanlp.HanLPTokenizer`.

    Raises
    ------
    ShupingError
        Code ``backend``, or one of those of `HanLPTokenizer`.
    """
    nlp: Language = get_lang_class("zh")()
    # Shapes, flags and the like of words: nobody asks for them, and every new word would pay.
    nlp.vocab.lex_attr_getters = {NORM: str.lower}  # type: ignore[attr-defined]
    nlp.tokenizer = _tokenizer(nlp.vocab, backend, hanlp_model)
    nlp.max_length = 20_000_000
    return nlp


def _tokenizer(vocab: Vocab, backend: str, hanlp_model: str | None) -> Callable[[str], Doc]:
    if backend == "jieba":
        return JiebaTokenizer(vocab)
    if backend == "hanlp":
        from analyzer.language.hanlp import HanLPTokenizer

        return HanLPTokenizer(vocab, hanlp_model)
    raise error("backend", name=backend, known="、".join(BACKENDS))
