from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    fal_key: str = ""
    image_to_video_model: str = Field(
        default="fal-ai/kling-video/v2.1/master/image-to-video",
        description="Shots that start from a still",
    )
    text_to_video_model: str = "fal-ai/wan/v2.2-a14b/text-to-video"
    draft_model: str = "Lightricks/LTX-2"
    clip_seconds: int = 5


settings = Settings()
