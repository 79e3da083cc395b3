"""From files to references: readers see sites, linking ties them to calls, one judge decides."""
