"""From references to models: who made each, from what, under which licence, reached by which route.

`resolve` in `resolve.py` is the way in for a scan, `describe` in `describe.py` for single ids. No clock, no files of
the target, no network of its own: the registry and the Hub are passed in, and the same values give the same answer.
"""
