"""HTML pages, a module per noun."""
