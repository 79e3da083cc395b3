"""Report → str. Values in, text out: no streams, no clock, no registry, no arithmetic beyond layout.

Every renderer escapes for its own format; whatever a target or the Hub wrote is shown as inert text.
"""
