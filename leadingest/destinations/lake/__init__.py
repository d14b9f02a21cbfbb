"""A folder or a bucket of Parquet files as a destination."""
