"""Two reports compared: which uses were added, removed or changed, and what that changes for the deal."""
