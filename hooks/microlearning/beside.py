"""What stands next to a lesson's page: its data and its other forms, at the same depth."""

from __future__ import annotations

from microlearning.captions import write_captions
from microlearning.page import LessonPage
from microlearning.transcript import chapters_vtt, transcript_text


def lesson_files(page: LessonPage) -> dict[str, str]:
    """The text of each file by its name. A lesson without chapters has no `chapters.vtt`."""
    files = {
        "captions.vtt": write_captions(page.recording.captions),
        "chapters.vtt": chapters_vtt(page.transcript, page.recording.video.duration),
        "transcript.txt": transcript_text(page.transcript, page.title_with_code),
    }
    return {name: text for name, text in files.items() if text}
