"""Raw to processed: the only code that fetches, and that writes Parquet, each table with its source card."""
