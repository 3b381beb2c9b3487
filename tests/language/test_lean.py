import subprocess
import sys


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_scoring_loads_no_http_client():
    found = run("import analyzer, sys; analyzer.load(); print(*sys.modules)").split()
    assert "spacy.language" in found
    assert not {"httpx", "requests", "urllib3"} & set(found)


def test_spacys_own_commands_can_still_be_imported():
    code = "import analyzer; analyzer.load(); import spacy.cli; print(callable(spacy.cli.download))"
    assert run(code).strip() == "True"
