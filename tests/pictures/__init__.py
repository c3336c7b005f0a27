"""Letters as a browser shows them."""
