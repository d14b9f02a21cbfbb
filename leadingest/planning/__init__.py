"""What a change of a mapping would do to the leads, told before it is merged: nothing is loaded."""
