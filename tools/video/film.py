"""The film: cards and talk put together by ffmpeg."""

import json
import re
import subprocess
import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from cards import HEIGHT, WIDTH, Card
from timeline import Timeline
from voice import RATE

FRAMES = 10
"""Frames a second: cards stand still but for their fades."""
FADE = 4
"""Frames of a fade from one card to the next."""
EARLY = {"chapter": 1.1, "title": 0.0}
"""Seconds before its sentence that a card shows: a chapter's title opens the pause before it."""
POSTER_BYTES = 40_000
TOLERANCE = 0.05
"""Seconds by which a film may miss its length."""
LOUDNESS = "I=-16:TP=-1.5:LRA=11"


def show_times(cards: list[Card], timeline: Timeline) -> list[float]:
    """When each card shows: in the pause before its sentence."""
    times = []
    order = list(timeline.starts)
    for card in cards:
        if card.at == "opening":
            times.append(0.0)
            continue
        if card.at == "closing":
            times.append(max(timeline.ends.values()) + 0.6)
            continue
        start = timeline.starts[card.at]
        place = order.index(card.at)
        silent_from = timeline.ends[order[place - 1]] + 0.1 if place else 0.0
        early = EARLY.get(card.look, 0.25)
        times.append(min(start, max(silent_from, start - early)))
    for (card, time), (_, following) in pairwise(zip(cards, times, strict=True)):
        if following - time < 1.0:
            raise ValueError(f"card at {card.at} would show for {following - time:.1f} s only")
    return times


def write_sound(timeline: Timeline, path: Path) -> None:
    """Write the talk, not yet set to its loudness."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(timeline.audio, -1, 1) * 32767).astype("<i2").tobytes())


def loudness_filter(sound: Path) -> str:
    """Measure the talk, so that ffmpeg can set its loudness with one even gain."""
    command = ["ffmpeg", "-hide_banner", "-i", str(sound), "-af"]
    command += [f"loudnorm={LOUDNESS}:print_format=json", "-f", "null", "-"]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    found = json.loads(report[report.rindex("{") :])
    measured = ":".join(
        f"measured_{name}={found[key]}"
        for name, key in (("I", "input_i"), ("TP", "input_tp"), ("LRA", "input_lra"))
    )
    return (
        f"loudnorm={LOUDNESS}:{measured}:measured_thresh={found['input_thresh']}"
        f":offset={found['target_offset']}:linear=true"
    )


def write_film(film: Path, sound: Path, pictures: list[Path], times: list[float], seconds: float) -> None:
    """Fade from card to card under the talk."""
    frames = round(seconds * FRAMES)
    command = ["ffmpeg", "-y", "-hide_banner", "-loglevel", "error"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}"]
    command += ["-r", str(FRAMES), "-i", "-", "-i", str(sound)]
    command += ["-c:v", "libx264", "-preset", "slow", "-tune", "animation", "-crf", "26"]
    command += ["-pix_fmt", "yuv420p", "-vf", "scale=out_color_matrix=bt709:out_range=tv"]
    command += ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    command += ["-g", str(FRAMES * 15), "-af", f"{loudness_filter(sound)},aresample=48000"]
    command += ["-c:a", "aac", "-b:a", "64k", "-ac", "1", "-t", f"{seconds:.3f}"]
    command += ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"]
    command += ["-movflags", "+faststart", str(film)]
    changes = [round(time * FRAMES) for time in times]
    images = [np.asarray(Image.open(picture), dtype=np.float32) for picture in pictures]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        for frame in range(frames):
            card = max(place for place, change in enumerate(changes) if change <= frame)
            step = (frame - changes[card] + 1) / (FADE + 1)
            image = images[card]
            if card and step < 1:
                image = images[card - 1] * (1 - step) + image * step
            encoder.stdin.write(image.astype(np.uint8).tobytes())  # type: ignore[union-attr]
    if encoder.returncode:
        raise RuntimeError(f"ffmpeg could not write {film}")


def write_poster(picture: Path, poster: Path) -> None:
    """The opening card as a poster."""
    with Image.open(picture) as image:
        image.save(poster, "WEBP", quality=82, method=6)
    if poster.stat().st_size > POSTER_BYTES:
        raise ValueError(f"{poster}: over 40 kB")


def check_film(film: Path, seconds: float) -> str:
    """Hold that the film lasts what it must, and tell what it is."""
    command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", str(film)]
    facts = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    length = float(facts["format"]["duration"])
    codecs = [stream["codec_name"] for stream in facts["streams"]]
    if abs(length - seconds) > TOLERANCE or codecs != ["h264", "aac"]:
        raise ValueError(f"{film}: expected {seconds} s of h264 and aac, got {length} s of {codecs}")
    command = ["ffmpeg", "-hide_banner", "-i", str(film), "-af", "ebur128", "-f", "null", "-"]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    loud = re.findall(r"I:\s+(-?[\d.]+) LUFS", report)[-1]
    return f"{length:.3f} s, {film.stat().st_size / 1e6:.2f} MB, {loud} LUFS"
