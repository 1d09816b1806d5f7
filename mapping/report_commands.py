"""The commands that make what people take to a meeting: `snapshot`, `profiles` and `map`."""
