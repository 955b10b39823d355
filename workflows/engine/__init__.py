"""The only room that knows SpiffWorkflow: state in, state out, no database, no clock of its own."""
