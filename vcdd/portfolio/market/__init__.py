"""Whose models the Hub's downloads are: listings through registry and lineage, with method, date and coverage."""
