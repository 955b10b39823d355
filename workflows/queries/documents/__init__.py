"""Read documents, and all that they are made from."""
