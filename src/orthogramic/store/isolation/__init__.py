"""Questions where they can be killed: workers with replicas, and bounds that none passes.

The modules that run in a worker may not import those that run beside it, and the other way round
only what is said between them.
"""
