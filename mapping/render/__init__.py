"""Pure functions: tables in; maps, legends and files to take away out."""
