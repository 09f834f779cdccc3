"""View models: what each page shows, as plain data, so that templates need no logic."""
