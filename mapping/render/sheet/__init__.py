"""Pictures of maps on paper: drawn without a browser, the same bytes each time."""
