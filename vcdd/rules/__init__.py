"""Judgement: facts in, findings out. No reading, no clock, no wish: what a fact means is written in `data/`."""
