"""What only the founders can answer, and why it is open."""
