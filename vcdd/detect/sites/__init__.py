"""One reader per syntax. A reader knows no model; it reports strings and the places where they stand."""
