"""The curated registry: who made which model, under which licence, served by whom. Read-only values; no network."""
