"""Media files: every case of cases/media/, and that reading one never reaches for the network."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from pymediainfo import MediaInfo

from case_files import CASES, load_cases
from microlearning.errors import LessonError
from microlearning.facts import Place
from microlearning.media import Mp4Info, Video, check_video, read_picture, read_video

HERE = Path("media/trn1-v13")
PLACE = Place("docs/media/trn1-v13/lesson.yml", 9, "fr.video")


def prepared(case: dict[str, Any], docs: Path) -> str:
    """Lay the case's file into `docs` and give its path from there.

    The file is `file:` of cases/media/ less its last `cut:` bytes, or the `text:`, named `name:`.
    """
    content = case["text"].encode() if "text" in case else (CASES / "media" / case["file"]).read_bytes()
    if "upright" in case:
        content = turned(content)
    name = HERE / str(case.get("name", case.get("file", "fr.mp4")))
    (docs / HERE).mkdir(parents=True)
    (docs / name).write_bytes(content[: len(content) - case.get("cut", 0)])
    return name.as_posix()


def turned(mp4: bytes) -> bytes:
    """`mp4` as a telephone held upright makes it: its matrix (ISO/IEC 14496-12, 8.3.2) turned by 90°."""
    start = mp4.index(b"tkhd") + 44
    matrix = (0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    return mp4[:start] + b"".join(n.to_bytes(4, "big", signed=True) for n in matrix) + mp4[start + 36 :]


@pytest.mark.parametrize("case", load_cases("media"))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    name = prepared(case, tmp_path)
    read = read_picture if case.get("as") == "picture" else read_video
    try:
        media = read(tmp_path, name, PLACE)
    except LessonError as error:
        faults = error.faults
    else:
        faults = check_video(media, PLACE) if isinstance(media, Video) else ()
        assert media.path == name
        assert media.bytes == (tmp_path / name).stat().st_size
        assert {key: getattr(media, key) for key in case.get("expect", {})} == case.get("expect", {})
    assert [fault.text("en") for fault in faults] == case.get("errors", [])
    assert not any("$" in fault.text("fr") for fault in faults)


def test_what_looks_like_a_video_is_shown_to_no_other_reader() -> None:
    picture, question = CASES / "media" / "poster.png", "General;%Format%"
    with picture.open("rb") as file:
        assert MediaInfo.parse(file, output=question) == "PNG"
        assert Mp4Info.parse(file, output=question) == ""


def test_a_playlist_under_a_videos_name_opens_no_connection(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/fr.mp4"
        (tmp_path / "fr.mp4").write_text(
            f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9\n{address}\n#EXT-X-ENDLIST\n"
        )
        with pytest.raises(LessonError):
            read_video(tmp_path, "fr.mp4", PLACE)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("file", sorted(path.name for path in (CASES / "media").glob("*.[mwpj][pen][4bg]*")))
def test_a_file_cut_anywhere_is_never_a_traceback(file: str, tmp_path: Path) -> None:
    content = (CASES / "media" / file).read_bytes()
    last = len(content) - 8  # the last four bytes of a PNG are only a checksum
    for length in range(0, last, max(1, last // 40)):
        (tmp_path / file).write_bytes(content[:length])
        for read in (read_video, read_picture):
            with pytest.raises(LessonError):
                read(tmp_path, file, PLACE)
