"""The directory of places: the one door through which places are read."""
