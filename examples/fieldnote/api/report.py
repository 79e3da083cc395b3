import os

from faster_whisper import WhisperModel
from openai import OpenAI

llm = OpenAI(base_url="http://vllm.fieldnote.svc:8000/v1", api_key="unused")
speech = WhisperModel("large-v3", device="cuda")

REPORT_MODEL = os.getenv("REPORT_MODEL", "Qwen/Qwen3-32B")


def transcribe(path: str) -> str:
    segments, _ = speech.transcribe(path)
    return " ".join(segment.text for segment in segments)


def write_report(notes: str) -> str:
    reply = llm.chat.completions.create(model=REPORT_MODEL, messages=[{"role": "user", "content": notes}])
    return reply.choices[0].message.content
