"""What the pages about forming pairs read, a module for each of its pages."""
