"""What makes one week better than another: tiers in strict order, each a sum of named terms."""
