"""A link and its filters say the same thing."""

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.filters import DISTANCES_M, GEOGRAPHIES, KEYS, SHADES, Filters, from_query, to_query
from mapping.editions import EDITIONS, INDICES, SUMMARY_MEASURES

WEIGHTS = "income=0.5,employment=0,education=0.135,health=0.135,crime=0.093,barriers=0.093,environment=0.001"
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40)
numbers = st.sampled_from(["0", "1", "3", "10", "11", "0100", "010" + "0" * 5000, "٣", "-1", "1.0"])
several = st.lists(words, max_size=3, unique=True).map(tuple)
deciles = st.tuples(st.integers(1, 10), st.integers(1, 10)).map(lambda pair: (min(pair), max(pair)))
filters = st.builds(
    Filters,
    council=words,
    edition=st.sampled_from(list(EDITIONS)),
    geography=st.sampled_from(list(GEOGRAPHIES)),
    index=st.sampled_from(list(INDICES)),
    shade=st.sampled_from(list(SHADES)),
    kinds=st.lists(st.sampled_from(["co-operative", "community asset"]), unique=True).map(tuple),
    categories=several,
    ownerships=several,
    sectors=several,
    wards=several,
    text=st.one_of(st.just(""), words),
    deciles=deciles,
    near=st.one_of(st.just(""), words.map(lambda typed: typed[:12])),
    within_m=st.sampled_from(DISTANCES_M),
    measure=st.sampled_from(list(SUMMARY_MEASURES)),
    find=st.one_of(st.just(""), words),
    weights=st.sampled_from(["", WEIGHTS]),
)


@given(filters)
def test_a_link_gives_back_its_filters(asked: Filters) -> None:
    assert from_query(to_query(asked), council="Elsewhere") == asked
    assert from_query(f"https://atlas.example/explore?{to_query(asked)}", council="Elsewhere") == asked


@given(st.text(max_size=200))
def test_any_text_is_a_link_to_something(rubbish: str) -> None:
    asked = from_query(rubbish, council="Oxford")
    assert asked.edition in EDITIONS
    assert 1 <= asked.deciles[0] <= asked.deciles[1] <= 10


@given(st.lists(st.tuples(st.sampled_from(list(KEYS.values())), st.one_of(numbers, words)), max_size=8))
def test_any_values_of_known_keys_are_a_view_that_the_page_can_show(pairs: list[tuple[str, str]]) -> None:
    asked = from_query(urlencode(pairs), council="Oxford")
    assert 1 <= asked.deciles[0] <= asked.deciles[1] <= 10
    assert asked.within_m in DISTANCES_M
    assert len(asked.near) <= 12


def test_rubbish_in_a_link_is_ignored_and_the_rest_kept() -> None:
    asked = from_query(
        "index=Money&edition=1066&decile=0&decile=99&within=7&kind=Shop&areas=Ward&junk=1&q=food",
        council="Oxford",
    )
    assert asked == Filters(council="Oxford", geography="ward", text="food")


def test_a_link_spells_values_as_the_page_does() -> None:
    asked = Filters(council="Oxford", index="income", kinds=("co-operative",), deciles=(1, 3))
    assert to_query(asked) == "council=Oxford&index=Income&kind=Co-operative&decile=1&decile=3"


def test_weights_that_make_no_sense_are_ignored() -> None:
    for weights in ("income=9", "income", "money=0.2", "income=0"):
        assert from_query(f"weights={weights}", council="Oxford").weights == ""
    assert from_query("weights=income=0.3", council="Oxford").weights.startswith("income=0.3,employment=0,")


def test_a_single_decile_is_a_range_of_one() -> None:
    asked = Filters(council="Oxford", deciles=(2, 2))
    assert to_query(asked) == "council=Oxford&decile=2&decile=2"
    assert from_query("decile=2&decile=2", council="Oxford").deciles == (2, 2)


def test_a_search_is_cut_to_what_the_page_takes() -> None:
    assert len(from_query("q=" + "a" * 10_000, council="Oxford").text) == 100
