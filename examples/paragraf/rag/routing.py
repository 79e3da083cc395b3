import os

from openai import OpenAI

# A customer may bring an endpoint of their own.
custom = OpenAI(base_url=os.environ["CUSTOM_LLM_BASE_URL"], api_key=os.environ["CUSTOM_LLM_KEY"])


def ask_custom(question: str) -> str:
    reply = custom.chat.completions.create(
        model=os.environ["CUSTOM_LLM_MODEL"], messages=[{"role": "user", "content": question}]
    )
    return reply.choices[0].message.content
