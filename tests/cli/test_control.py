"""What a user steers: settings, rules of their own, suppressions, baselines, forms for other programs."""

from __future__ import annotations

import json
import zipfile

import docx
import jsonschema
import pytest

from analyzer.rendering.json import load_schema

from .conftest import REPORT

SENTENCE = "党建工作质效明显提升。"
WITH_CLAIM = REPORT.replace("（二）抓融合", f"{SENTENCE}\n（二）抓融合")
OWN = """
[[rule]]
id = "own-word"
pattern = "招商"
message = "请写具体项目。"
must_fire = ["抓招商"]
must_not_fire = ["抓学习"]
"""


@pytest.fixture
def score(run):
    """Score one report as JSON, kept to the schema."""

    def one(path, *args):
        result = run("score", path, "--format", "json", *args)
        assert result.exit_code == 0, result.stderr
        given = json.loads(result.stdout)
        jsonschema.validate(given, load_schema())
        for entry in given["findings"]:
            assert given["text"][entry["start"] : entry["end"]] == entry["evidence"]
        if given["scorecard"]:
            lost = sum(entry["deduction"] for entry in given["findings"])
            assert 100 - lost == pytest.approx(given["scorecard"]["overall"])
        return given

    return one


def rules_of(given):
    return {entry["rule"] for entry in given["findings"]}


def test_the_nearest_settings_hold_for_each_report(run, handed_in):
    folder = handed_in("甲/a.txt", "乙/b.txt", "乙/丙/c.txt")
    (folder / "shuping.toml").write_text('[rules]\nignore = ["empty-remedy"]', "utf-8")
    (folder / "乙" / "shuping.toml").write_text('[rules]\nignore = ["few-problems"]', "utf-8")
    lines = run("score", folder, "--format", "jsonl").stdout.splitlines()
    off = {entry["source"]["path"]: entry["analyzer"]["settings"]["off"] for entry in map(json.loads, lines)}
    assert off == {
        str(folder / "甲" / "a.txt"): ["empty-remedy"],
        str(folder / "乙" / "b.txt"): ["few-problems"],
        str(folder / "乙" / "丙" / "c.txt"): ["few-problems"],
    }


def test_a_file_that_is_named_holds_for_all(run, handed_in, tmp_path):
    folder = handed_in("a.txt")
    (folder / "shuping.toml").write_text("broken", "utf-8")
    (tmp_path / "别处.toml").write_text('[rules]\nselect = ["causes"]', "utf-8")
    result = run("score", folder, "--format", "jsonl", "--config", tmp_path / "别处.toml")
    assert result.exit_code == 0
    assert run("score", folder).exit_code == 2


def test_rules_severities_and_thresholds(score, handed_in):
    path = handed_in("a.txt") / "a.txt"
    plain = score(path)
    assert {"few-problems", "empty-remedy"} <= rules_of(plain)
    assert "settings" not in plain["analyzer"]
    (path.parent / "shuping.toml").write_text(
        '[rules]\nignore = ["empty-remedy"]\n[rules.severity]\nmissing-root-cause = "info"\n'
        "[thresholds.few-problems]\nleast = 2\n",
        "utf-8",
    )
    changed = score(path)
    assert not {"few-problems", "empty-remedy"} & rules_of(changed)
    assert {e["severity"] for e in changed["findings"] if e["rule"] == "missing-root-cause"} == {"info"}
    assert changed["scorecard"]["overall"] > plain["scorecard"]["overall"]
    assert changed["analyzer"]["settings"]["thresholds"] == {"few-problems.least": 2}


def test_the_card_says_that_settings_were_used(run, handed_in):
    path = handed_in("a.txt") / "a.txt"
    (path.parent / "shuping.toml").write_text('[rules]\nignore = ["empty-remedy"]', "utf-8")
    assert "停用 1 条规则（empty-remedy）" in run("score", path).stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[rules]\nignore = ["empty-remdy"]', "empty-remedy"),
        ("[thresholds.few-problems]\nleest = 2", "few-problems.least"),
        ('[rules]\nignore = ["gates"]', "release"),
        ('[rules]\nfiles = ["没有.toml"]', "没有.toml"),
    ],
)
def test_a_slip_in_the_settings_is_wrong_usage_and_named(run, handed_in, content, words):
    folder = handed_in("a.txt")
    (folder / "shuping.toml").write_text(content, "utf-8")
    result = run("score", folder)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


def test_rules_of_ones_own_find_and_cost_nothing(score, handed_in):
    path = handed_in("a.txt") / "a.txt"
    before = score(path)
    (path.parent / "自定.toml").write_text(OWN, "utf-8")
    (path.parent / "shuping.toml").write_text('[rules]\nfiles = ["自定.toml"]', "utf-8")
    given = score(path)
    (found,) = [entry for entry in given["findings"] if entry["rule"] == "own-word"]
    assert found["evidence"] == "招商"
    assert given["scorecard"]["overall"] == before["scorecard"]["overall"]
    (path.parent / "shuping.toml").write_text('[rules]\nfiles = ["自定.toml"]\nignore = ["local"]', "utf-8")
    assert "own-word" not in rules_of(score(path))


def test_rules_are_tried_on_a_folder(run, handed_in, tmp_path):
    folder = handed_in("甲.txt", "乙.txt", "空.txt")
    (folder / "空.txt").write_text("今天天气不错。", "utf-8")
    (tmp_path / "自定.toml").write_text(OWN, "utf-8")
    result = run("rules", "--try", tmp_path / "自定.toml", folder)
    assert result.exit_code == 0, result.stderr
    assert "3 份中有 2 份，共 2 处" in result.stdout
    assert "【招商】" in result.stdout
    assert "甲.txt" in result.stdout


def test_a_rule_that_breaks_its_own_lines_is_not_tried(run, handed_in, tmp_path):
    (tmp_path / "自定.toml").write_text(OWN.replace("抓学习", "抓招商会"), "utf-8")
    result = run("rules", "--try", tmp_path / "自定.toml", handed_in("甲.txt"))
    assert result.exit_code == 2
    assert "抓招商会" in result.stderr
    assert run("rules", "siloed", "--try", "a", "b").exit_code == 2
    assert run("rules", "--try", "a").exit_code == 2


def test_a_note_in_the_text_lets_one_finding_stand(score, handed_in):
    folder = handed_in("a.md", "b.md")
    (folder / "a.md").write_text(WITH_CLAIM, "utf-8")
    note = "<!-- shuping: ignore vague-claim 理由：见附件一 -->"
    (folder / "b.md").write_text(WITH_CLAIM.replace(SENTENCE, SENTENCE + note), "utf-8")
    counts, lets = score(folder / "a.md"), score(folder / "b.md")
    assert "vague-claim" in rules_of(counts)
    assert "vague-claim" not in rules_of(lets)
    (entry,) = lets["suppressed"]
    assert entry["finding"]["evidence"] == SENTENCE
    assert entry["finding"]["deduction"] == 0
    assert entry["reason"] == "见附件一"
    card = lets["scorecard"]
    assert card["suppressed"] == 1
    assert card["overall"] - card["spared"] == pytest.approx(counts["scorecard"]["overall"])


def test_notes_without_effect_are_told(run, score, handed_in):
    path = handed_in("a.md") / "a.md"
    notes = "<!-- shuping: ignore siloed 理由：无 --><!-- shuping: ignore few-problems -->"
    path.write_text(REPORT.replace("二、存在问题", "二、存在问题" + notes), "utf-8")
    unused = score(path)["unused_suppressions"]
    assert [entry["rule"] for entry in unused] == ["few-problems", "siloed"]
    assert "few-problems" in rules_of(score(path))
    assert "没有写理由" in run("score", path).stdout


BLANK = REPORT.replace("讲党课4次", "讲党课X次").replace("是我把", "是我把心思和")
BESIDE = """
[[suppress]]
rule = "few-problems"
evidence = "存在问题"
reason = "上级只要求写两条"
[[release]]
gate = "gate-open-blanks"
by = "王明（组织部）"
reason = "数据按要求隐去"
"""


def test_a_file_beside_the_report_lets_stand_and_lifts_a_gate(score, run, handed_in):
    path = handed_in("a.txt") / "a.txt"
    path.write_text(BLANK, "utf-8")
    (veto,) = score(path)["scorecard"]["vetoes"]
    assert veto["release"] is None
    (path.parent / "a.txt.shuping.toml").write_text(BESIDE, "utf-8")
    given = score(path)
    (veto,) = given["scorecard"]["vetoes"]
    assert veto["release"] == {"by": "王明（组织部）", "reason": "数据按要求隐去"}
    assert [entry["finding"]["rule"] for entry in given["suppressed"]] == ["few-problems"]
    for form in ("text", "html"):
        shown = run("score", path, "--format", form).stdout
        assert "已由王明（组织部）解除" in shown
        assert "上级只要求写两条" in shown


def test_a_gate_is_lifted_by_name_only(score, run, handed_in):
    path = handed_in("a.txt") / "a.txt"
    path.write_text(BLANK, "utf-8")
    beside = path.parent / "a.shuping.toml"
    beside.write_text('[[release]]\ngate = "gate-open-blanks"\nreason = "x"', "utf-8")
    failed = run("score", path)
    assert failed.exit_code == 3
    assert "［beside］" in failed.stderr
    beside.write_text('[[suppress]]\nrule = "gate-open-blanks"\nevidence = ""\nreason = "x"', "utf-8")
    given = score(path)
    assert given["scorecard"]["vetoes"][0]["release"] is None
    assert "release" in given["unused_suppressions"][0]["message"]
    beside.write_text('[[release]]\ngate = "gate-no-causes"\nby = "王明"\nreason = "x"', "utf-8")
    assert "没有触及" in score(path)["unused_suppressions"][0]["message"]


def test_settings_let_findings_of_named_reports_stand(score, handed_in):
    folder = handed_in("甲/a.txt", "甲/b.txt")
    (folder / "shuping.toml").write_text(
        '[[suppress]]\nfile = "甲/a.txt"\nrule = "few-problems"\nevidence = "存在问题"\nreason = "只要两条"',
        "utf-8",
    )
    assert len(score(folder / "甲" / "a.txt")["suppressed"]) == 1
    other = score(folder / "甲" / "b.txt")
    assert other["suppressed"] == other["unused_suppressions"] == []


def test_whoever_collects_reports_need_not_trust_what_comes_with_them(score, handed_in, tmp_path):
    path = handed_in("a.md") / "a.md"
    note = "<!-- shuping: ignore few-problems 理由：无 -->"
    path.write_text(BLANK.replace("二、存在问题", f"二、存在问题{note}"), "utf-8")
    (path.parent / "a.md.shuping.toml").write_text(BESIDE, "utf-8")
    config = tmp_path / "收稿.toml"
    config.write_text('trust = "settings"', "utf-8")
    given = score(path, "--config", config)
    assert given["suppressed"] == []
    assert given["scorecard"]["vetoes"][0]["release"] is None
    assert "不算数" in given["unused_suppressions"][0]["message"]
    release = BESIDE.replace("[[suppress]]", '[[suppress]]\nfile = "交来/a.md"').replace(
        "[[release]]", '[[release]]\nfile = "交来/a.md"'
    )
    config.write_text(f'trust = "settings"\n{release}', "utf-8")
    given = score(path, "--config", config)
    assert len(given["suppressed"]) == 1
    assert given["scorecard"]["vetoes"][0]["release"]["by"] == "王明（组织部）"


def test_only_what_goes_beyond_the_baseline_fails_and_is_listed(run, handed_in, tmp_path):
    folder, base = handed_in("a.txt", "b.txt"), tmp_path / "基线.json"
    assert run("score", folder, "--write-baseline", base).exit_code == 0
    same = run("score", folder, "--baseline", base)
    assert same.exit_code == 0
    (folder / "a.txt").write_text(WITH_CLAIM + "党员队伍面貌焕然一新。\n", "utf-8")
    more = run("score", folder, "--baseline", base)
    assert more.exit_code == 1
    assert f"{folder / 'a.txt'}：超出基线" in more.stderr
    shown = run("score", folder / "a.txt", "--baseline", base)
    assert "vague-claim" in shown.stdout
    assert "few-problems" not in shown.stdout
    given = json.loads(run("score", folder / "a.txt", "--format", "json", "--baseline", base).stdout)
    jsonschema.validate(given, load_schema())
    assert "vague-claim" in given["baseline"]["beyond"]


def test_a_baseline_that_is_none_is_wrong_usage(run, handed_in, tmp_path):
    (tmp_path / "b.json").write_text("{}", "utf-8")
    result = run("score", handed_in("a.txt"), "--baseline", tmp_path / "b.json")
    assert result.exit_code == 2
    assert "--write-baseline" in result.stderr


@pytest.mark.parametrize("names", [("a.txt",), ("a.txt", "b.txt")])
def test_sarif_for_one_report_and_for_several(run, handed_in, tmp_path, names):
    folder = handed_in(*names)
    paths = [folder / name for name in names]
    printed = run("score", *paths, "--format", "sarif")
    assert printed.exit_code == 0
    (only,) = json.loads(printed.stdout)["runs"]
    assert len(only["artifacts"]) == len(names)
    out = tmp_path / "结果.sarif"
    assert run("score", *paths, "--format", "sarif", "--output", out).stdout == f"{out}\n"
    assert out.read_text("utf-8") == printed.stdout
    run("score", *paths, "--format", "sarif", "--output", tmp_path / "每份")
    assert len(list((tmp_path / "每份").glob("*.sarif"))) == len(names)


@pytest.mark.parametrize("names", [("a.txt",), ("a.txt", "b.txt")])
def test_a_workbook_for_one_report_and_for_several(run, handed_in, tmp_path, names):
    folder, out = handed_in(*names), tmp_path / "结果.xlsx"
    result = run("score", folder, "--format", "xlsx", "--output", out)
    assert result.stdout == f"{out}\n"
    strings = zipfile.ZipFile(out).read("xl/sharedStrings.xml").decode("utf-8")
    assert all(name in strings for name in names)
    run("score", folder, "--format", "xlsx", "--output", tmp_path / "每份")
    assert len(list((tmp_path / "每份").glob("*.xlsx"))) == len(names)


def test_a_workbook_is_not_printed(run, handed_in):
    result = run("score", handed_in("a.txt"), "--format", "xlsx")
    assert result.exit_code == 2
    assert "--output" in result.stderr


def test_the_writer_s_own_file_comes_back_with_comments_and_is_never_overwritten(run, tmp_path):
    original = tmp_path / "报告.docx"
    document = docx.Document()
    for line in REPORT.splitlines():
        document.add_paragraph(line)
    document.save(original)
    before = original.read_bytes()
    out = tmp_path / "带批注"
    assert run("score", original, "--format", "docx", "--output", out).exit_code == 0
    comments = docx.Document(out / "报告.docx").comments
    assert any("missing-root-cause" in comment.text for comment in comments)
    for target in (original, tmp_path):
        refused = run("score", original, "--format", "docx", "--output", target)
        assert refused.exit_code == 3
        assert "原件" in refused.stderr
    assert original.read_bytes() == before


def test_a_scorecard_is_added_to_word_files_only(run, tmp_path):
    report = tmp_path / "报告.txt"
    report.write_text(REPORT, "utf-8")
    out = tmp_path / "带批注"
    assert run("score", report, "--format", "docx", "--scorecard", "--output", out).exit_code == 0
    words = [paragraph.text for paragraph in docx.Document(out / "报告.docx").paragraphs]
    assert "评分卡" in words
    refused = run("score", report, "--scorecard")
    assert refused.exit_code == 2
    assert "--format docx" in refused.stderr
