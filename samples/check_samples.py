"""Word error rate of every sample, as Whisper hears it through faster-whisper (the extra `fast`).

    python samples/check_samples.py FOLDER      the folder with model.bin, config, tokenizer and vocabulary

Fails when a sample is above its limit, or when words were heard where nobody spoke. word_errors.py counts
them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from faster_whisper import WhisperModel
from word_errors import word_error_rate

LIMIT_CLEAN = 0.10
LIMIT_HARD = 0.20  # in noise, or over a phone


def main(weights: str) -> int:
    whisper = WhisperModel(weights, device="cpu", compute_type="int8")
    failed = 0
    for path in sorted(Path(__file__).parent.glob("*.json")):
        facts = json.loads(path.read_text("utf-8"))
        segments, _ = whisper.transcribe(str(path.with_suffix(".flac")), language="en")
        heard = " ".join(segment.text.strip() for segment in segments)
        if facts["words"]:
            rate = word_error_rate([facts["words"]], [heard])
            ok = rate <= (LIMIT_CLEAN if facts["treatment"] == "room noise" else LIMIT_HARD)
            print(f"{path.stem:20} {rate:6.1%}{'' if ok else '  too high'}  {heard}")
        else:
            ok = not heard
            print(f"{path.stem:20}      -{'' if ok else '  words heard in silence'}  {heard}")
        failed += not ok
    return min(failed, 1)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1], "model.bin").is_file():
        sys.exit("Name a folder that holds model.bin: python samples/check_samples.py FOLDER")
    sys.exit(main(sys.argv[1]))
