import subprocess
import sys


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_scoring_does_without_spacy():
    code = "import analyzer, sys; analyzer.analyze('一、学习不够。'); print(*sys.modules)"
    assert "spacy" not in run(code).split()


def test_the_pipeline_loads_no_http_client():
    found = run("from analyzer.language import pipeline; import sys; pipeline(); print(*sys.modules)").split()
    assert "spacy.language" in found
    assert not {"httpx", "requests", "urllib3"} & set(found)


def test_spacys_own_commands_can_still_be_imported():
    code = "import analyzer.language.docs; import spacy.cli; print(callable(spacy.cli.download))"
    assert run(code).strip() == "True"
