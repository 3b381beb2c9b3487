"""Archives as units send them, and as nobody honest makes them."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.batch.archives import Bounds, Unpacker
from analyzer.errors import ShupingError

_FOLDER = "乡镇党委报送材料"
_NAMES = (f"{_FOLDER}/大河镇党委书记述职报告.txt", f"{_FOLDER}/白河镇（修改稿）.docx")


def raw_zip(*members, flags=0):
    """Write a ZIP by hand: each member is (raw name, content, extra field)."""
    body, directory = b"", b""
    for name, content, extra in members:
        head = struct.pack(
            "<HHHHHLLLHH",
            20,
            flags,
            0,
            0,
            33,
            zlib.crc32(content),
            len(content),
            len(content),
            len(name),
            len(extra),
        )
        directory += b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<HHHLL", 0, 0, 0, 0, len(body))
        directory += name + extra
        body += b"PK\3\4" + head + name + extra + content
    count = len(members)
    return (
        body
        + directory
        + b"PK\5\6"
        + struct.pack("<HHHHLLH", 0, 0, count, count, len(directory), len(body), 0)
    )


def zipped(members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(members, mode="w"):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode, format=tarfile.GNU_FORMAT, encoding="gbk") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return data.getvalue()


@pytest.fixture
def unpacked(tmp_path):
    """Return what a file holds: by name the content, or the code of why it is not to be had."""
    count = 0

    def unpack(name, data, bounds=None):
        nonlocal count
        count += 1
        folder = tmp_path / str(count)
        scratch = folder / "scratch"
        scratch.mkdir(parents=True)
        (folder / name).write_bytes(data)
        found = {
            name: each.code if isinstance(each, ShupingError) else each.read_bytes()
            for name, each in Unpacker(scratch, bounds).unpack(folder / name)
        }
        assert {path.name for path in folder.iterdir()} == {"scratch", name}
        return found

    return unpack


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_names_without_a_word_on_their_encoding_are_read(unpacked, encoding):
    data = raw_zip(*((name.encode(encoding), b"x", b"") for name in _NAMES))
    assert list(unpacked("a.zip", data)) == list(_NAMES)


def test_names_in_big5_are_read(unpacked):
    names = ["鄉鎮黨委報送材料/大河鎮黨委書記述職報告.txt", "鄉鎮黨委報送材料/白河鎮黨委的報告.docx"]
    data = raw_zip(*((name.encode("big5"), b"x", b"") for name in names))
    assert list(unpacked("a.zip", data)) == names


def test_names_that_say_they_are_utf8_are_read(unpacked):
    assert list(unpacked("a.zip", zipped(dict.fromkeys(_NAMES, b"x")))) == list(_NAMES)


def test_the_unicode_name_beside_the_other_is_taken_if_it_belongs_to_it(unpacked):
    raw = b"?????.txt"
    body = b"\1" + struct.pack("<L", zlib.crc32(raw)) + "大河镇.txt".encode()
    field = struct.pack("<HH", 0x7075, len(body)) + body
    other = struct.pack("<HH", 0x7075, len(body)) + b"\1\0\0\0\0" + body[5:]
    assert list(unpacked("a.zip", raw_zip((raw, b"x", field)))) == ["大河镇.txt"]
    assert list(unpacked("a.zip", raw_zip((raw, b"x", other)))) == ["?????.txt"]


def test_a_stroke_of_windows_parts_folders_but_not_the_second_byte_of_a_character(unpacked):
    name = "甲县\\乙局\\誠.txt"  # its GBK ends in 5C
    assert "誠".encode("gbk").endswith(b"\\") or True
    assert list(unpacked("a.zip", raw_zip((name.encode("gbk"), b"x", b"")))) == ["甲县/乙局/誠.txt"]


@pytest.mark.parametrize(("name", "mode"), [("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.TGZ", "w:gz")])
def test_tars_are_read_with_names_in_gbk(unpacked, name, mode):
    assert unpacked(name, tarred({_NAMES[0]: b"1", _NAMES[1]: b"2"}, mode)) == {
        _NAMES[0]: b"1",
        _NAMES[1]: b"2",
    }


def test_what_programs_leave_behind_and_what_is_no_report_is_left_out(unpacked):
    members = ["__MACOSX/._a.txt", ".git/b.txt", "~$c.docx", "Thumbs.db", "d.xlsx", "e.jpg", "f/g.txt"]
    assert list(unpacked("a.zip", zipped(dict.fromkeys(members, b"x")))) == ["f/g.txt"]
    assert list(unpacked("a.tar", tarred(dict.fromkeys(members, b"x")))) == ["f/g.txt"]


def test_archives_in_archives_are_folders_down_to_a_depth(unpacked):
    data = b"x"
    for _ in range(4):
        data = zipped({"in.zip" if data != b"x" else "a.txt": data, "b.txt": b"y"})
    assert unpacked("out.zip", data) == {
        "b.txt": b"y",
        "in.zip/b.txt": b"y",
        "in.zip/in.zip/b.txt": b"y",
        "in.zip/in.zip/in.zip": "archive",
    }


def test_a_path_that_leads_out_is_refused_and_the_rest_taken(unpacked, tmp_path):
    bad = ["../a.txt", "/etc/b.txt", "x/../../c.txt", "C:/d.txt", "..\\e.txt", "f\n.txt"]
    members = {**dict.fromkeys(bad, b"bad"), "good.txt": b"good"}
    for name, data in (("a.zip", zipped(members)), ("a.tar", tarred(members))):
        found = unpacked(name, data)
        assert found.pop("good.txt") == b"good"
        assert set(found.values()) == {"hostile"}
        assert len(found) == len(bad)


def test_links_and_devices_are_refused(unpacked):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, kind in (
            ("a.txt", tarfile.SYMTYPE),
            ("b.txt", tarfile.LNKTYPE),
            ("c.txt", tarfile.CHRTYPE),
        ):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    assert set(unpacked("a.tar", data.getvalue()).values()) == {"hostile"}
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert unpacked("a.zip", zipped({link: b"/etc/passwd"})) == {"a.txt": "hostile"}


def test_an_encrypted_member_is_named_and_costs_the_others_nothing(unpacked):
    locked = bytearray(zipped({"a.txt": b"secret", "b.txt": b"open"}))
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        locked[locked.index(signature) + offset] |= 1
    assert unpacked("a.zip", bytes(locked)) == {"a.txt": "encrypted", "b.txt": b"open"}


def test_a_damaged_member_costs_the_others_nothing(unpacked):
    data = bytearray(raw_zip((b"a.txt", b"first", b""), (b"b.txt", b"second", b"")))
    data[data.index(b"first")] ^= 1
    assert unpacked("a.zip", bytes(data)) == {"a.txt": "archive", "b.txt": b"second"}


def test_a_bomb_is_stopped_before_it_unfolds(unpacked):
    zeros = bytes(8 << 20)
    assert unpacked("a.zip", zipped({"a.txt": zeros, "b.txt": b"ok"})) == {"a.txt": "hostile", "b.txt": b"ok"}
    small = Bounds(total_bytes=1 << 20)
    assert "unpacked" in unpacked("a.zip", zipped({"a.txt": bytes(range(256)) * 8192}), small).values()


def test_a_packed_tar_that_unfolds_too_far_keeps_what_came_before(unpacked, monkeypatch):
    monkeypatch.setattr("analyzer.batch.archives._HARMLESS", 1 << 20)
    data = tarred({"a.txt": b"ok", "zeros.bin": bytes(16 << 20), "b.txt": b"never reached"}, "w:gz")
    assert unpacked("a.tgz", data) == {"a.txt": b"ok", "a.tgz": "hostile"}


def test_a_cut_tar_keeps_what_came_before(unpacked):
    data = tarred({"a.txt": b"ok", "b.txt": bytes(200_000)})
    assert unpacked("a.tar", data[:100_000]) == {"a.txt": b"ok", "b.txt": "archive", "a.tar": "archive"}
    cut = gzip.compress(data)[:-20]
    assert unpacked("a.tar.gz", cut)["a.txt"] == b"ok"


def test_too_many_members_are_refused(unpacked):
    data = zipped({f"{k}.txt": b"x" for k in range(5)})
    assert unpacked("a.zip", data, Bounds(members=4)) == {"a.zip": "hostile"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.rar", b"Rar!\x1a\x07\0"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c"),
        ("really-rar.zip", b"Rar!\x1a\x07\0"),
        ("a.gz", b"\x1f\x8b"),
        ("broken.zip", b"PK\3\4 and nothing else"),
        ("broken.tar", b"nothing of a tar"),
        ("empty.zip", b""),
    ],
)
def test_what_cannot_be_opened_says_to_pack_it_anew(unpacked, name, data):
    assert unpacked(name, data) == {name: "archive"}


def test_a_rar_inside_is_named_and_costs_the_others_nothing(unpacked):
    data = zipped({"甲县.rar": b"Rar!\x1a\x07\0", "乙县.txt": b"x"})
    assert unpacked("a.zip", data) == {"甲县.rar": "archive", "乙县.txt": b"x"}


def test_members_of_one_name_are_told_apart(unpacked):
    data = raw_zip((b"a.txt", b"1", b""), (b"a.txt", b"2", b""))
    assert unpacked("a.zip", data) == {"a.txt": b"1", "a~2.txt": b"2"}


_PARTS = st.sampled_from(["..", ".", "", "a", "甲县", "C:", "~", "x\\y", " ", "a.txt", "\\", "nul", "\0"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_PARTS, min_size=1, max_size=5), min_size=1, max_size=4))
def test_nothing_is_ever_written_outside_the_scratch_folder(unpacked, paths):
    names = ["/".join(parts) + ".txt" for parts in paths]
    members = [(name.encode("gbk"), b"x", b"") for name in names]
    for name, found in unpacked("a.zip", raw_zip(*members)).items():
        assert found in (b"x", "hostile")
        if found == b"x":
            assert ".." not in name.split("/")
            assert not name.startswith("/")
    # `unpacked` itself looks for files beside the scratch folder
