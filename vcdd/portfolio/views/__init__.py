"""What a reader sees of a portfolio: values in, text out."""
