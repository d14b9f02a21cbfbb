"""One large delivery mapped in ranges, each of them by itself: in processes, or by the tasks of a Spark."""
