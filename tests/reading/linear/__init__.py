"""Reading takes time in proportion to the mail: every pattern, and the readers around them."""
