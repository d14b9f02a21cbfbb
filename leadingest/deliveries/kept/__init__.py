"""Folders in which deliveries are kept: those that could not be loaded, and those that were."""
