"""What a view shows leaves only where figures and areas are of one vintage, and both are built."""

import geopandas as gpd
import pytest

from mapping.atlas import read_atlas
from mapping.errors import UnknownAreaError, VintageError
from mapping.export import export_link
from tests.unit.conftest import with_card


@pytest.fixture
def mixed(built):
    """LSOAs of 2011 under the name of those of 2021."""
    path = built.boundaries / "lsoa21.parquet"
    old = gpd.read_parquet(built.boundaries / "lsoa11.parquet")
    old.rename(columns={"lsoa11cd": "lsoa21cd", "lsoa11nm": "lsoa21nm"}).to_parquet(path, index=False)
    with_card(path)
    return built


def test_figures_of_2025_do_not_leave_with_boundaries_of_2011(mixed, tmp_path):
    out = tmp_path / "oxford.geojson"
    with pytest.raises(VintageError, match=r"are LSOAs of 2011, and not among the LSOAs of 2021"):
        export_link("council=Oxford", out, subject="areas", settings=mixed)
    assert not out.exists()
    # Their figures leave with the boundaries that are their own.
    assert "83 areas" in export_link("council=Oxford&edition=2019", out, subject="areas", settings=mixed)


def test_an_edition_that_is_not_built_is_named_with_how_to_build_it(built, tmp_path):
    for name in ("imd_2019.parquet", "imd_2019.parquet.card.json"):
        (built.data / name).unlink()
    assert read_atlas(built).editions == ("2025",)
    with pytest.raises(
        UnknownAreaError, match=r"2019 are not built here; held: 2025.*mapping fetch --edition 2019"
    ):
        export_link("council=Oxford&edition=2019", tmp_path / "a.csv", subject="areas", settings=built)
