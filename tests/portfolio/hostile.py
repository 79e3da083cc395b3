"""Texts that try to leave their place in a page, a terminal or a spreadsheet."""

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}",
    "\x1b[31mred\u202egnp.exe",
    '=HYPERLINK("http://example.org")',
)
