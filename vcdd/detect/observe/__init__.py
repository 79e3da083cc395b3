"""Observations: facts about the target that are no references but that rules need, one concern a file."""

from vcdd.detect.observe.observer import Observer

__all__ = ["Observer"]
