"""``--hanlp-model`` with a transformer of HanLP's own class, tiny and trained here: nothing is fetched."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="the extra shuping[hanlp] is not installed: no torch")
pytest.importorskip("hanlp", reason="the extra shuping[hanlp] is not installed: no hanlp")

from analyzer.language import blank

pytestmark = pytest.mark.slow

SENTENCES = "一 是 学习 不够 。\n二 是 王芳 的 责任 压得 不实 。\n党建 工作 要 抓好 。\n"


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    """A folder with a saved TransformerTaggingTokenizer."""
    import torch
    import transformers
    from hanlp.components.tokenizers.transformer import TransformerTaggingTokenizer

    folder = tmp_path_factory.mktemp("tokenizer")
    (folder / "bert").mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(SENTENCES) - {" ", "\n"})]
    (folder / "bert" / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    (folder / "train.txt").write_text(SENTENCES * 20, "utf-8")
    config = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
    )
    transformers.BertModel(config).save_pretrained(folder / "bert")
    transformers.BertTokenizer(str(folder / "bert" / "vocab.txt")).save_pretrained(folder / "bert")

    def adamw(parameters, lr, weight_decay=0.0, eps=1e-8, **_):
        return torch.optim.AdamW(parameters, lr=lr, weight_decay=weight_decay or 0.0, eps=eps)

    # HanLP trains with an optimizer that transformers 5 no longer has; only training needs it.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transformers.optimization, "AdamW", adamw, raising=False)
        TransformerTaggingTokenizer().fit(
            str(folder / "train.txt"),
            str(folder / "train.txt"),
            str(folder / "saved"),
            transformer=str(folder / "bert"),
            batch_size=16,
            epochs=8,
            lr=1e-2,
            devices=-1,
            seed=1,
        )
    return folder / "saved"


def test_a_folder_with_a_model_of_hanlps_is_read(tokenizer):
    text = "一是学习不够。\n党建工作要抓好，𬭩🙂ABC 12。"
    doc = blank("hanlp", str(tokenizer))(text)
    assert doc.text == blank()(text).text
    words = [token.text for token in doc]
    assert words[:5] == ["一", "是", "学习", "不够", "。"]
    assert {"党建", "工作"} <= set(words)
