import fal_client
from diffusers import LTX2Pipeline
from google import genai
from openai import OpenAI

from app.config import settings

openai_client = OpenAI()
google_client = genai.Client()


def animate_still(image_url: str, prompt: str) -> str:
    result = fal_client.subscribe(
        settings.image_to_video_model,
        arguments={"image_url": image_url, "prompt": prompt, "duration": str(settings.clip_seconds)},
    )
    return result["video"]["url"]


def text_to_clip(prompt: str) -> str:
    result = fal_client.subscribe(settings.text_to_video_model, arguments={"prompt": prompt})
    return result["video"]["url"]


def draft(prompt: str):
    pipe = LTX2Pipeline.from_pretrained(settings.draft_model)
    return pipe(prompt=prompt, num_frames=121).frames[0]


def cinematic(prompt: str):
    # The shots the sales deck shows.
    try:
        return openai_client.videos.create(model="sora-2", prompt=prompt, seconds="8")
    except Exception:
        return fallback(prompt)


def fallback(prompt: str):
    return google_client.models.generate_videos(model="veo-3.0-generate-001", prompt=prompt)
