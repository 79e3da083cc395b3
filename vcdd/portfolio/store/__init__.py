"""The store: one SQLite file with every run of a portfolio. One process writes, any number read."""
