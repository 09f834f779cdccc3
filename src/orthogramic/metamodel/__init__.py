"""What the bundle says: one immutable :class:`Metamodel`."""
