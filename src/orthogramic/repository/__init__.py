"""The unit of work: gated commits, their log, and what is derived from the store."""
