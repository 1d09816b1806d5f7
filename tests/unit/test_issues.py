"""The report of what is wrong with rows."""

import numpy as np
import pandas as pd

from mapping.issues import COLUMNS, NO_ISSUES, Issue, all_issues, issue_table, issues_at, reasons_by_row


def test_issues_are_put_in_order_of_rows_and_keep_their_own():
    first = issue_table([Issue(5, "b", "x", "late", ""), Issue(2, "a", "x", "one", "")])
    second = issue_table([Issue(2, "a", "x", "two", "")])
    both = all_issues(first, NO_ISSUES, second)
    assert list(both.columns) == list(COLUMNS)
    assert both[["row", "reason"]].to_numpy().tolist() == [[2, "one"], [2, "two"], [5, "late"]]
    assert reasons_by_row(both).to_dict() == {2: "one; two", 5: "late"}


def test_three_reasons_of_one_row_are_joined_in_order():
    table = issue_table([Issue(2, "", "", reason, "") for reason in "abc"] + [Issue(3, "", "", "d", "")])
    assert reasons_by_row(table).to_dict() == {2: "a; b; c", 3: "d"}


def test_no_issue_is_a_table_too():
    assert all_issues().empty
    assert list(all_issues().columns) == list(COLUMNS)
    assert reasons_by_row(NO_ISSUES).empty


def test_long_values_are_cut_and_missing_ones_are_blank():
    values = pd.Series(["x" * 500, None], dtype="str")
    table = issues_at(
        np.array([0, 1]), numbers=pd.Index([2, 3]), field="f", values=values, reasons="r", remedies="m"
    )
    assert table["value"].str.len().tolist() == [200, 0]
    assert table["row"].tolist() == [2, 3]
