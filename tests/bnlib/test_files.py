"""Files are written whole or not at all."""

import os
import threading

import pytest

from bnlib.files import write_whole

OLD, NEW = "old\n", "new\n" * 10_000


def names(folder):
    return [path.name for path in folder.iterdir()]


def test_text_and_bytes_are_written_folders_and_all(tmp_path):
    file = tmp_path / "a" / "b" / "file"
    for content, there in (("γ\n", "γ\n".encode()), (b"\xff\0", b"\xff\0")):
        write_whole(file, content)
        assert file.read_bytes() == there
    assert names(file.parent) == ["file"]


def test_a_full_disk_leaves_what_was_there(tmp_path, full_disk):
    (tmp_path / "file").write_text(OLD)
    with full_disk(), pytest.raises(OSError, match="File too large"):
        write_whole(tmp_path / "file", NEW)
    assert names(tmp_path) == ["file"]
    assert (tmp_path / "file").read_text() == OLD


def test_a_place_that_is_a_folder_is_left_alone(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_whole(tmp_path / "folder", NEW)
    assert names(tmp_path) == ["folder"]


def test_a_file_under_a_file_is_an_oserror(tmp_path):
    (tmp_path / "file").write_text(OLD)
    with pytest.raises(OSError, match="file"):
        write_whole(tmp_path / "file" / "below", NEW)
    assert (tmp_path / "file").read_text() == OLD


def test_a_device_is_written_to_and_stays_one(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    heard = []
    reader = threading.Thread(target=lambda: heard.append((tmp_path / "pipe").read_text()))
    reader.start()
    write_whole(tmp_path / "pipe", OLD)
    reader.join(10)
    assert heard == [OLD]
    assert (tmp_path / "pipe").is_fifo()


def test_only_the_owner_reads_what_is_secret(tmp_path):
    (tmp_path / "file").write_text(OLD)
    (tmp_path / "file").chmod(0o644)
    write_whole(tmp_path / "file", NEW, 0o600)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


def test_many_write_the_same_file_at_once(tmp_path):
    failed = []

    def write(letter):
        try:
            for _ in range(50):
                write_whole(tmp_path / "file", letter * 10_000)
        except OSError as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(letter,)) for letter in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failed
    assert (tmp_path / "file").read_text() in {letter * 10_000 for letter in "abcd"}
    assert names(tmp_path) == ["file"]
