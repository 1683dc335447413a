"""Networks of claims: projections, measures, and how two nodes are connected."""
