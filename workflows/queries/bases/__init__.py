"""Read the two bases of a programme: lists, the map of requests, one person's page."""
