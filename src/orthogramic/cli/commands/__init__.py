"""The commands, by what a person wants: to ask, to look, to keep in order, to serve."""
