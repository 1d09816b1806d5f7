"""What every test may use: the publishers' own files where there are any, and examples that repeat in CI."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from mapping.settings import PILOT

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

# The machines that run the tests differ in speed: a slow example is no fault.
# A council that was built in this folder, or a list, must not change what the tests of the pilot see.
os.environ["MAPPING_DATA"] = str(PILOT)
os.environ["MAPPING_ADDED"] = str(PILOT / "nothing added")
os.environ.pop("MAPPING_STREETS", None)
settings.register_profile("person", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "person")


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder of the publishers' own files; a test that asks for it is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("the publishers' own files are not at ../shared/data")
    return SHARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or the publishers' files; browser tests last, for they are the slowest."""
    for item in items:
        if "browser" in item.path.relative_to(item.config.rootpath).parts:
            item.add_marker(pytest.mark.browser)
        if "realdata" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.realdata)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
