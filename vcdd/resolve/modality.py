"""The Hub's task names in the registry's words."""

from __future__ import annotations

_TASKS = {
    "text": "text-generation text2text-generation fill-mask translation summarization question-answering "
    "text-classification token-classification zero-shot-classification conversational",
    "embedding": "feature-extraction sentence-similarity",
    "rerank": "text-ranking",
    "vision": "image-text-to-text visual-question-answering image-to-text image-classification object-detection "
    "image-segmentation zero-shot-image-classification zero-shot-object-detection depth-estimation mask-generation "
    "image-feature-extraction document-question-answering video-text-to-text any-to-any",
    "image": "text-to-image image-to-image unconditional-image-generation inpainting",
    "video": "text-to-video image-to-video video-to-video",
    "speech": "automatic-speech-recognition text-to-speech audio-classification voice-activity-detection "
    "audio-to-audio audio-text-to-text",
    "music": "text-to-audio",
    "3d": "image-to-3d text-to-3d",
}
_MODALITY = {task: modality for modality, tasks in _TASKS.items() for task in tasks.split()}


def modality_of_task(task: str) -> str:
    """The modality that a `pipeline_tag` means; empty for a task not known."""
    return _MODALITY.get(task, "")
