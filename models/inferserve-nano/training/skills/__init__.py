"""What the model is taught: one module per family of skills, each a set of functions from a `World` to a conversation."""
