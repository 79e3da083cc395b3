import os

import anthropic

client = anthropic.Anthropic(
    api_key=os.environ["LLM_API_KEY"],
    base_url="https://api.deepseek.com/anthropic",
)

ANSWER_MODEL = os.getenv("ANSWER_MODEL", "claude-sonnet-4-5")
SUMMARY_MODEL = "claude-haiku-4-5"


def answer(question: str, passages: list[str]) -> str:
    message = client.messages.create(
        model=ANSWER_MODEL,
        max_tokens=1024,
        messages=[{"role": "user", "content": "\n\n".join([*passages, question])}],
    )
    return message.content[0].text


def summarise(text: str) -> str:
    message = client.messages.create(model=SUMMARY_MODEL, max_tokens=256, messages=[{"role": "user", "content": text}])
    return message.content[0].text
