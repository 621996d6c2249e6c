"""Everything between "committed" and "on the wire": streams, sources, the hub, the bridge. Imports no model."""
