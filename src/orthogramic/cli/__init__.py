"""The command line. It translates: what to do and what may go wrong is decided further in."""
