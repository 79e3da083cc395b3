from fastapi import FastAPI

from app import generate

app = FastAPI()


@app.post("/clips")
def create_clip(prompt: str, image_url: str | None = None) -> dict[str, str]:
    if image_url:
        return {"url": generate.animate_still(image_url, prompt)}
    return {"url": generate.text_to_clip(prompt)}
