"""What the pages of a programme read, a module for each of its pages."""
