"""The only place that decides whether a site is a reference, of which kind, with which evidence."""
