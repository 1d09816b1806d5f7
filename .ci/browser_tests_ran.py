"""Exit status 1 unless the browser tests in a JUnit report ran, every one of them."""

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree


def outcomes(report: Path) -> Counter[str]:
    """How many tests under tests/browser passed, were skipped or failed."""
    cases = ElementTree.parse(report).iter("testcase")
    return Counter(
        next((child.tag for child in case if child.tag in ("skipped", "failure", "error")), "passed")
        for case in cases
        if case.get("classname", "").startswith("tests.browser")
    )


def main() -> int:
    """Print what was found."""
    found = outcomes(Path(sys.argv[1]))
    listed = ", ".join(f"{count} {outcome}" for outcome, count in sorted(found.items())) or "none"
    print(f"Browser tests: {listed}")
    return 0 if found["passed"] and found["passed"] == found.total() else 1


if __name__ == "__main__":
    raise SystemExit(main())
