"""Form-js forms: read them, check answers against them."""
