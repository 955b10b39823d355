"""REST /api/v1, a module per noun."""
