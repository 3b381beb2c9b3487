"""The file of users, sessions and guesses, apart from any server."""

from __future__ import annotations

import json

import pytest

from analyzer.errors import ShupingError
from analyzer.web.people import Role
from analyzer.web.sessions import IDLE, LONGEST, Sessions
from analyzer.web.throttle import MOST_OF_ADDRESS, MOST_OF_BOTH, MOST_OF_NAME, WINDOW, Throttle
from analyzer.web.users import User, Users, fault_of_name, fault_of_password, hashed, read, verified, write


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def kept() -> str:
    return hashed("十二个字符以上的一个口令")


@pytest.fixture
def path(tmp_path, kept):
    path = tmp_path / "users.json"
    write(path, {"张三": User("张三", Role.WRITER, kept)})
    return path


def test_the_file_is_for_nobody_else_to_read_and_holds_no_password(path):
    assert path.stat().st_mode & 0o777 == 0o600
    assert "口令" not in path.read_text("utf-8")
    assert [each.name for each in path.parent.iterdir()] == ["users.json"]


def test_a_file_that_others_may_read_is_refused(path):
    path.chmod(0o640)
    with pytest.raises(ShupingError) as refused:
        Users(path)
    assert "chmod 600" in str(refused.value)


@pytest.mark.parametrize(
    "held", ["", "[]", "{}", '{"schema": "other", "users": {}}', '{"schema": "shuping.users/1", "users": 1}']
)
def test_what_is_no_file_of_users_is_told_so(path, held):
    path.write_text(held, "utf-8")
    with pytest.raises(ShupingError) as refused:
        read(path)
    assert refused.value.code == "users"


def test_a_role_that_there_is_not_lets_nobody_in(path):
    told = json.loads(path.read_text("utf-8"))
    told["users"]["张三"]["role"] = "root"
    path.write_text(json.dumps(told), "utf-8")
    with pytest.raises(ShupingError):
        read(path)


def test_a_password_is_verified_however_its_characters_are_composed():
    user = User("甲", Role.WRITER, hashed("Caf\u00e9 Caf\u00e9 Caf\u00e9"))
    assert verified(user, "Cafe\u0301 Cafe\u0301 Cafe\u0301")
    assert not verified(user, "Cafe Cafe Cafe")
    assert not verified(None, "Cafe Cafe Cafe")
    assert not verified(User("乙", Role.WRITER, "broken"), "x")


@pytest.mark.parametrize(
    "password",
    ["", "short", "十一个字的口令不够长的", "aaaaaaaaaaaaaa", "张三张三的口令甲乙丙丁戊", "长" * 300],
)
def test_a_poor_password_is_refused(password):
    assert fault_of_password(password, "张三")


@pytest.mark.parametrize("name", ["", "a:b", "a\nb", "\u202e", "长" * 100])
def test_a_poor_name_is_refused(name):
    assert fault_of_name(name)


def test_a_session_ends_when_idle_and_at_the_end_of_a_day(path):
    clock = Clock()
    sessions = Sessions(Users(path), clock)
    user = read(path)["张三"]
    token = sessions.open(user)
    clock.now += IDLE - 1
    assert sessions.find(token) == user
    clock.now += IDLE
    assert sessions.find(token) is None
    token = sessions.open(user)
    begun = clock.now
    while clock.now < begun + LONGEST - IDLE:
        clock.now += IDLE / 2
        assert sessions.find(token) == user
    clock.now = begun + LONGEST
    assert sessions.find(token) is None


def test_tokens_are_long_and_never_the_same_and_one_person_has_so_many(path):
    clock = Clock()
    sessions = Sessions(Users(path), clock)
    user = read(path)["张三"]
    tokens = []
    for _ in range(30):
        clock.now += 1
        tokens.append(sessions.open(user))
    assert len(set(tokens)) == 30
    assert min(map(len, tokens)) >= 43
    assert sessions.find(tokens[0]) is None
    assert sessions.find(tokens[-1]) == user
    sessions.close(tokens[-1])
    assert sessions.find(tokens[-1]) is None


def guess(throttle: Throttle, name: str, address: str) -> bool:
    try:
        throttle.count(name, address)
    except ShupingError:
        return False
    return True


def test_guesses_are_counted_by_name_and_address_and_forgotten_in_time():
    clock = Clock()
    throttle = Throttle(clock)
    assert [guess(throttle, "甲", "1.1.1.1") for _ in range(MOST_OF_BOTH + 1)] == [True] * MOST_OF_BOTH + [
        False
    ]
    assert guess(throttle, "甲", "2.2.2.2")  # its owner, at another desk
    assert guess(throttle, "乙", "1.1.1.1")
    clock.now += WINDOW
    assert guess(throttle, "甲", "1.1.1.1")


def test_neither_many_addresses_nor_many_names_are_a_way_around():
    throttle = Throttle(Clock())
    spread = [guess(throttle, "甲", f"10.0.{n}.1") for n in range(MOST_OF_NAME + 1)]
    assert spread.count(True) == MOST_OF_NAME
    tried = [guess(throttle, f"某{n}", f"2001:db8::{n:x}") for n in range(MOST_OF_ADDRESS + 1)]
    assert tried.count(True) == MOST_OF_ADDRESS


def test_who_is_right_starts_anew_and_helps_no_one_else():
    throttle = Throttle(Clock())
    for _ in range(MOST_OF_BOTH - 1):
        throttle.count("甲", "1.1.1.1")
    throttle.count("甲", "1.1.1.1")
    throttle.forgive("甲", "1.1.1.1")
    assert all(guess(throttle, "甲", "1.1.1.1") for _ in range(MOST_OF_BOTH))
    # An insider cannot sign in between guesses at others to be counted less.
    done = 0
    while done < 1000 and guess(throttle, f"某{done}", "3.3.3.3"):
        done += 1
        if guess(throttle, "乙", "3.3.3.3"):
            throttle.forgive("乙", "3.3.3.3")
    assert done <= MOST_OF_ADDRESS
