"""The HTTP door: SPARQL and linked data protocols, the interface for programs, errors as problems.

Thin: a route reads a request, asks the facade and writes the answer. It decides nothing that the
command line or a program could not get from :mod:`orthogramic.facade` as well.
"""
