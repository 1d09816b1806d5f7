"""Pure functions: tables in, tables out. No files, no network, no drawing."""
