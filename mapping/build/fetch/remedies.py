"""What a person can do where a file did not arrive."""

from typing import Final

LATER: Final = "Try again later: what arrived is kept, and the fetch goes on from there."
CORRECT: Final = (
    "Correct the address in the registry (data/registry.toml), or bring the file by hand: see docs/data.md."
)
BY_HAND: Final = "Your network may not allow it: bring the file by hand, see docs/data.md."
CHANGED: Final = (
    "The publisher has changed it: look at its page, then correct the entry in data/registry.toml."
)
