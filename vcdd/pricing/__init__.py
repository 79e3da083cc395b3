"""Prices, workloads and estimates: Decimal arithmetic, dated sources, and no figure without both.

Importing this room imports no price library; the first question to `book.open_book` does.
"""
