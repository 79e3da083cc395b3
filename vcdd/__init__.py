"""vcdd: which AI models a start-up's product really uses, and what that means for a deal."""

__version__ = "0.1.0"
