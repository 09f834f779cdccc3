"""Questions where they can be killed: workers with replicas, and bounds that none passes.

The modules that run in a worker import single modules of other rooms, never a whole room: a worker
is started anew whenever a question has to be killed.
"""
