"""Which column holds the postcodes."""

import pandas as pd
import pytest

from mapping.analysis.headings import plainest, postcode_column
from mapping.errors import UnusableFileError


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["Name", "Postcode"], ["Postcode"]),
        (["POST CODE ", "Registered Postcode"], ["POST CODE "]),
        (["Registered Postcode", "Name"], ["Registered Postcode"]),
        (["site_postcode", "pcds"], ["pcds"]),
        (["Postcode (site)"], ["Postcode (site)"]),
        (["Home postcode", "Work postcode"], ["Home postcode", "Work postcode"]),
        (["Postcode area", "Name"], []),
        (["=1+1", "<script>", ""], []),
    ],
)
def test_the_plainest_headings_are_found(headings, found):
    assert plainest(headings) == found


def table(**columns):
    return pd.DataFrame(columns, dtype="str")


def test_the_column_asked_for_is_taken_whatever_its_case():
    rows = table(Where=["OX4 1BA"], Postcode=["x"])
    assert postcode_column(rows, asked="Where", is_needed=True) == "Where"
    assert postcode_column(rows, asked=" where ", is_needed=True) == "Where"


def test_a_column_that_is_not_there_is_refused_with_the_nearest():
    with pytest.raises(UnusableFileError, match='Did you mean "Postcode"'):
        postcode_column(table(Postcode=["x"]), asked="Postcde", is_needed=True)
    with pytest.raises(UnusableFileError, match='There is "Name"'):
        postcode_column(table(Name=["x"]), asked="zzz", is_needed=True)


def test_two_columns_of_postcodes_are_not_chosen_between():
    with pytest.raises(UnusableFileError, match=r"2 columns of postcodes.*Home postcode.*Work postcode"):
        postcode_column(table(**{"Home postcode": ["x"], "Work postcode": ["x"]}), asked=None, is_needed=True)


def test_a_column_that_looks_like_postcodes_is_named_not_taken():
    rows = table(Name=["a", "b", "c"], Ort=["OX4 1BA", "ox41bb", "?"])
    with pytest.raises(UnusableFileError, match=r'--postcode-column NAME\. Perhaps "Ort"'):
        postcode_column(rows, asked=None, is_needed=True)
    assert postcode_column(rows, asked=None, is_needed=False) is None
