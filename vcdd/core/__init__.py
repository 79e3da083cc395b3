"""Values only: the words every other room speaks. Nothing here reads, prints or looks at the clock."""
