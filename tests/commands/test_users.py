"""``shuping users``, and what ``shuping serve`` makes of the file."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner

from analyzer.cli import main
from analyzer.commands.users import ROLES
from analyzer.errors import ShupingError
from analyzer.web.people import Role
from analyzer.web.serving import Certificate, may_serve
from analyzer.web.users import Users, read, verified

PASSWORD = "十二个字符以上的一个口令"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "users.json"


def test_the_command_knows_every_role():
    assert tuple(ROLES) == tuple(Role)


def run(*args: object, data: str | None = None, status: int = 0, **environment: str) -> str:
    done = CliRunner().invoke(main, ["users", *map(str, args)], input=data, env=environment)
    assert done.exit_code == status, done.output
    assert not data or data.strip() not in done.output
    return done.output


@pytest.fixture
def file(path):
    run("add", "张三", "--role", "inspector", "--stdin", "--users", path, data=f"{PASSWORD}\n")
    return path


def test_what_others_change_while_a_password_is_typed_stays_changed(file, monkeypatch):
    def typed(name, *, stdin):
        run("role", "张三", "writer", "--users", file)
        return PASSWORD

    monkeypatch.setattr("analyzer.commands.users._asked", typed)
    run("add", "李四", "--role", "writer", "--users", file)
    assert [(name, user.role) for name, user in read(file).items()] == [
        ("张三", Role.WRITER),
        ("李四", Role.WRITER),
    ]


def test_a_user_is_added_listed_changed_and_removed(file):
    assert run("--users", file, "list") == "张三  inspector\n"
    user = read(file)["张三"]
    assert verified(user, PASSWORD)
    run("role", "张三", "analyst", SHUPING_USERS=str(file))
    run("password", " 张三", "--stdin", "--users", file, data="另一个十二字以上的口令吗\n")
    changed = read(file)["张三"]
    assert changed.role is Role.ANALYST
    assert verified(changed, "另一个十二字以上的口令吗")
    assert not verified(changed, PASSWORD)
    run("remove", "张三", "--users", file)
    assert read(file) == {}


def test_what_is_wrong_is_told_and_nothing_is_changed(file):
    before = file.read_bytes()
    told = run("add", "张三", "--role", "writer", "--stdin", "--users", file, data=f"{PASSWORD}\n", status=2)
    assert "已有这个人" in told
    assert "至少要" in run("password", "张三", "--stdin", "--users", file, data="short\n", status=2)
    assert "没有“李四”" in run("remove", "李四", "--users", file, status=2)
    assert "只能是" in run("role", "张三", "root", "--users", file, status=2)
    assert "--users" in run("list", status=2, SHUPING_USERS="")
    assert "--stdin" in run("password", "张三", "--users", file, status=2)
    assert file.read_bytes() == before


def refusal(*args: object, **choices: bool) -> str:
    with pytest.raises(ShupingError) as refused:
        may_serve(*args, **choices)
    return refused.value.code


def test_the_network_is_served_with_users_and_a_certificate_only(file, path):
    users = Users(file)
    assert refusal("0.0.0.0", None, None, insecure=True) == "not-loopback"
    assert refusal("0.0.0.0", users, None, insecure=False) == "no-certificate"
    may_serve("0.0.0.0", users, None, insecure=True)
    may_serve("127.0.0.1", users, None, insecure=False)
    run("remove", "张三", "--users", file)
    assert refusal("127.0.0.1", Users(file), None, insecure=False) == "no-users"


def test_a_certificate_that_is_none_is_told(file, tmp_path):
    broken = Certificate(file, tmp_path / "key.pem")
    assert refusal("0.0.0.0", Users(file), broken, insecure=False) == "certificate"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
def test_it_is_served_over_tls(file, tmp_path):
    key, chain = tmp_path / "key.pem", tmp_path / "chain.pem"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-days",
        "2",
    ]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", chain]
    subprocess.run(made, check=True, capture_output=True)
    command = [sys.executable, "-m", "analyzer", "serve", "--port", "0", "--no-open", "--users", file]
    command += ["--certificate", chain, "--key", key]
    trusting = ssl.create_default_context(cafile=chain)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        line = server.stdout.readline()
        where = line[line.index("https") :].split()[0]
        with urllib.request.urlopen(f"{where}health", context=trusting) as answer:
            assert json.load(answer)["status"] == "ok"
        asked = urllib.request.Request(where, headers={"Accept": "text/html"})
        with urllib.request.urlopen(asked, context=trusting) as page:
            assert "登录" in page.read().decode()
        server.terminate()
        _, complaints = server.communicate(timeout=60)
    assert (server.returncode, complaints) == (0, "")
