"""Measurements of the running app, as ratios within one run: machines differ, ratios less so."""
