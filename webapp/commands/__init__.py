"""What the `tandem` command can do, a module for each of its words."""
