"""A table without anything wrong."""

PLAIN = "name,postcode\nAlpha,OX4 1BA\nBeta,OX1 1AA\n"
