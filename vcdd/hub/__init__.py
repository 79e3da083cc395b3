"""The Hub: what uploaders declare there of a model id. Optional, cached, and never able to stop a scan.

`open_hub` (in `opening.py`) gives either the live client or its offline stand-in; both satisfy `core.hub.Hub`. Records
come from a chain of sources: the network, the cache on disk, the embedded snapshot. Nothing here sees the target.
"""
