"""What pages and API read, already limited to what the actor may see."""
