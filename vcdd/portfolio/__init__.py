"""Many targets: a manifest, runs that survive interruption, a store, and what the whole of it says."""
