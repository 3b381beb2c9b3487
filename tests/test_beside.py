"""What stands beside a report."""

from __future__ import annotations

import pytest

from analyzer.beside import Beside, read_beside
from analyzer.errors import ShupingError
from analyzer.result import Release

CONTENT = """
[[suppress]]
rule = "vague-claim"
evidence = "成效明显"
reason = "有附件"
[[release]]
gate = "gate-open-blanks"
by = "王明"
reason = "数据按要求隐去"
"""


def test_no_file_says_nothing(tmp_path):
    assert read_beside(tmp_path / "报告.docx") == Beside()


@pytest.mark.parametrize("name", ["报告.docx.shuping.toml", "报告.shuping.toml"])
def test_the_file_goes_by_the_name_of_the_report(tmp_path, name):
    (tmp_path / name).write_text(CONTENT, "utf-8")
    found = read_beside(tmp_path / "报告.docx")
    assert [said.rule for said in found.suppressions] == ["vague-claim"]
    assert found.suppressions[0].by.startswith(name)
    assert dict(found.releases) == {"gate-open-blanks": Release("王明", "数据按要求隐去")}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[[release]]\ngate = "gate-open-blanks"\nreason = "因"', "by"),
        ('[[release]]\ngate = "gate-open-blanks"\nby = "王明"', "reason"),
        ('[[release]]\ngate = "gate-open-blanks"\nby = " "\nreason = "因"', "by"),
        ('[[suppress]]\nrule = "a"\nevidnce = "成效"', "evidence"),
        ('profile = "party-duty"', "suppress、release"),
    ],
)
def test_a_slip_is_named(tmp_path, content, words):
    (tmp_path / "报告.shuping.toml").write_text(content, "utf-8")
    with pytest.raises(ShupingError) as failure:
        read_beside(tmp_path / "报告.docx")
    assert failure.value.code == "beside"
    assert words in failure.value.message
