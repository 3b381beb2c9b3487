"""HanLP's recurrent tagger over characters: the class of the components that ship with the project.

Importing this module imports HanLP and torch, so only `analyzer.language.hanlp` and training do.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import torch
from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer

from analyzer.language.windows import Stretch, characters

_BATCH = 64
_LARGEST_GRADIENT = 5.0  # as in HanLP


class CharTagger(RNNNamedEntityRecognizer):  # type: ignore[misc]
    """HanLP's recurrent entity recogniser over characters, with its CRF the right way round."""

    def build_model(self, **config: Any) -> Any:
        """Return the network.

        HanLP hands the CRF its constraints where ``batch_first`` belongs, so that the CRF would run
        across the batch instead of along the text (2.1.5 to 2.1.7).
        """
        model = super().build_model(**config)
        if model.crf is not None:
            model.crf.batch_first = True
        return model

    def fit_dataloader(self, trn: Any, criterion: Any, optimizer: Any, *_: Any, **__: Any) -> None:
        """Go through the examples once; HanLP's own way also decodes each batch twice, to show figures."""
        self.model.train()
        for batch in trn:
            optimizer.zero_grad()
            scores, mask = self.feed_batch(batch)
            self.compute_loss(criterion, scores, batch["tag_id"], mask).backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), _LARGEST_GRADIENT)
            optimizer.step()

    def find(self, texts: Sequence[str]) -> list[list[Stretch]]:
        """Return the labelled stretches of each text, in order; none of the texts may be empty."""
        with torch.no_grad():
            found = self.predict([characters(text) for text in texts], batch_size=_BATCH)
        # HanLP collects spans in a set.
        return [sorted(Stretch(start, end, label) for _, label, start, end in spans) for spans in found]


def load(folder: Path) -> CharTagger:
    """Return a trained tagger.

    Its class is given here and not looked up by the name in ``config.json``, and HanLP reads the weights with
    ``weights_only=True``: nothing in the folder is executed.
    """
    tagger = CharTagger()
    with redirect_stdout(io.StringIO()):  # HanLP writes its progress there, where our results go
        tagger.load(str(folder), devices=-1, verbose=False)
    return tagger
