"""``shuping.toml``: what it may hold, and where it is found."""

from __future__ import annotations

import pytest

from analyzer.config import Settings, find_settings, load_settings
from analyzer.errors import ShupingError
from analyzer.result import Policy, Severity

WHOLE = """
placeholders = "desensitized"
[rules]
select = ["causes", "siloed"]
ignore = ["objective-blame"]
preview = false
files = ["规则/自定.toml"]
[rules.severity]
siloed = "info"
[thresholds.section-share]
ok = 0.25
[thresholds.confidence.rules]
siloed = 0.9
[lexicon]
units = ["市金融办"]
slogans = ["四个敢不敢、善不善"]
[[suppress]]
file = "甲/报告.docx"
rule = "vague-claim"
evidence = "成效 明显"
reason = "有附件"
"""


def test_everything_that_can_be_set(tmp_path):
    path = tmp_path / "shuping.toml"
    path.write_text(WHOLE, "utf-8")
    settings = load_settings(path)
    assert settings.placeholders is Policy.DESENSITIZED
    assert settings.select == ("causes", "siloed")
    assert settings.ignore == ("objective-blame",)
    assert settings.preview is False
    assert settings.severities == (("siloed", Severity.INFO),)
    assert dict(settings.thresholds) == {
        ("section-share", "ok"): 0.25,
        ("confidence", "rules", "siloed"): 0.9,
    }
    assert settings.units == ("市金融办",)
    assert settings.slogans == ("四个敢不敢、善不善",)
    assert settings.rule_files == (tmp_path / "规则" / "自定.toml",)
    ((report, said),) = settings.suppressions
    assert report == tmp_path / "甲" / "报告.docx"
    assert (said.rule, said.evidence, said.reason) == ("vague-claim", "成效明显", "有附件")
    assert settings.path == path
    hash(settings)  # analyzers are kept by their settings


def test_an_empty_file_changes_nothing(tmp_path):
    path = tmp_path / "shuping.toml"
    path.write_text("", "utf-8")
    assert load_settings(path) == Settings(path=path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('profil = "party-duty"', "profile"),
        ('profile = "party-dutty"', "party-duty"),
        ("[rule]\nignore = []", "rules"),
        ('[rules.severity]\nsiloed = "warn"', "warning"),
        ("[thresholds.section-share]\nok = [1]", "thresholds.section-share.ok"),
        ('[lexicon]\nunit = ["a"]', "units"),
        ('[[suppress]]\nrule = "a"\nevidence = "成效"', "file"),
        ('[[suppress]]\nfile = "a"\nrule = "b"', "evidence"),
        ('[[suppress]]\nfile = "a"\nrule = "b"\nevidence = "效"', "太短"),
        ('[rules]\nfiles = ["a\\u0000b"]', "文件名"),
    ],
)
def test_a_slip_is_named(tmp_path, content, words):
    path = tmp_path / "shuping.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(ShupingError) as failure:
        load_settings(path)
    assert failure.value.code == "config"
    assert failure.value.path == path
    assert words in failure.value.message


def test_the_nearest_file_above_holds(tmp_path):
    inner = tmp_path / "a" / "b" / "c"
    inner.mkdir(parents=True)
    (tmp_path / "a" / "shuping.toml").write_text("", "utf-8")
    assert find_settings(inner) == tmp_path / "a" / "shuping.toml"
    (inner / "shuping.toml").write_text("", "utf-8")
    assert find_settings(inner) == inner / "shuping.toml"
    (inner.parent / "shuping.toml").mkdir()  # a folder of that name is none
    assert find_settings(inner.parent) == tmp_path / "a" / "shuping.toml"
