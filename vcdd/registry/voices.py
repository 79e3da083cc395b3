"""Voices of the two clouds that name them by locale: the name alone says who made the model behind it.

`en-US-Chirp3-HD-Charon` is Google's, `en-US-JennyNeural` Microsoft's. A voice is filed under a namespace of its own, so
that the labs' files say the rest.
"""

from __future__ import annotations

import re

_LOCALE = r"[a-z]{2,3}-(?:[A-Z][a-z]{3}-)?[A-Z]{2}-"
_GOOGLE = re.compile(
    _LOCALE + r"(?:Standard|Wavenet|Neural2|Studio|Journey|News|Polyglot|Casual|Chirp-HD|Chirp3-HD)-[A-Za-z0-9]{1,20}"
)
"""Locale, voice type and name, as in Google's list of voices."""
_MICROSOFT = re.compile(_LOCALE + r"(?:[a-z]{2,12}-)?[A-Z][A-Za-z0-9]{1,40}(?::[A-Za-z0-9]{1,20})?Neural(?:HD)?")
"""Locale, name and `Neural`, as in Microsoft's list of voices; `en-US-Ava:DragonHDLatestNeural` among them."""


def filed_voice(text: str) -> str:
    """The id under which the registry files this voice; empty for everything that is not one."""
    if _GOOGLE.fullmatch(text):
        return f"google-tts/{text}"
    return f"azure-tts/{text}" if _MICROSOFT.fullmatch(text) else ""
