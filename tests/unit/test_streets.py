import bz2
import gzip
from pathlib import Path

import networkx as nx
import numpy as np
import osmnx
import pyproj
import pytest

from mapping.adapters import street_extracts, street_graphml
from mapping.adapters.streets import read_streets
from mapping.adapters.ways import is_walked
from mapping.analysis.walking import walking_network
from mapping.crs import BNG, WGS84
from mapping.errors import SourceMissingError, UnusableFileError
from mapping.settings import Settings
from tests.unit.small_extract import osm_pbf, osm_xml
from tests.unit.soho import soho_points, soho_streets

PEOPLE, PUMPS = soho_points("SohoPeople.shp"), soho_points("SohoWater.shp")
# Around Cowley Road in Oxford: about 69 m from one longitude to the next, 111 m from latitude to latitude.
NODES = {at * 7: (-1.240 + 0.001 * (at % 4), 51.745 + 0.001 * (at // 4)) for at in range(12)}
WAYS = [
    ([0, 7, 14, 21], {"highway": "residential", "name": "High & Low", "oneway": "yes"}),
    ([0, 28, 56], {"highway": "footway"}),
    ([56, 63, 70], {"highway": "cycleway", "access": "no", "foot": "yes"}),
    ([21, 49, 77], {"highway": "trunk"}),
    ([28, 35], {"highway": "motorway"}),
    ([35, 42], {"highway": "service", "access": "private"}),
    ([42, 49], {"highway": "path", "foot": "no"}),
    ([7, 35, 63], {"building": "yes"}),
    ([70, 77], {"highway": "construction"}),
]
WALKED = [{0, 7}, {7, 14}, {14, 21}, {0, 28}, {28, 56}, {56, 63}, {63, 70}, {21, 49}, {49, 77}]


def positions(streets):
    return np.column_stack([streets.eastings, streets.northings])


def drawn(streets):
    """Every piece, as its ends to the decimetre and its length to the millimetre."""
    at = positions(streets).round(1)
    pieces = zip(streets.starts, streets.ends, streets.metres.round(3), strict=True)
    return sorted((sorted([tuple(at[a]), tuple(at[b])]), metres) for a, b, metres in pieces if a != b)


@pytest.fixture
def extract(tmp_path) -> Path:
    path = tmp_path / "cowley.osm"
    path.write_text(osm_xml(NODES, WAYS).replace("High & Low", "High &amp; Low"), encoding="utf-8")
    return path


def soho_graph(crs: str) -> nx.MultiDiGraph:
    streets = soho_streets()
    x, y = pyproj.Transformer.from_crs(BNG, crs, always_xy=True).transform(
        streets.eastings, streets.northings
    )
    graph = nx.MultiDiGraph(crs=crs, simplified=False)
    graph.add_nodes_from(
        (at, {"x": float(x[at]), "y": float(y[at]), "street_count": 2}) for at in range(len(x))
    )
    for a, b, metres in zip(streets.starts, streets.ends, streets.metres, strict=True):
        its = {
            "osmid": 1,
            "highway": "residential",
            "oneway": False,
            "reversed": False,
            "length": float(metres),
        }
        graph.add_edges_from([(int(a), int(b), its), (int(b), int(a), its)])
    return graph


@pytest.fixture(scope="module")
def to_pumps():
    return walking_network(soho_streets()).nearest(PEOPLE, PUMPS)


@pytest.mark.parametrize(("crs", "exactly_m"), [(BNG, 1e-9), (WGS84, 0.01), ("EPSG:32630", 0.01)])
def test_a_graph_that_osmnx_saved_comes_back(tmp_path, to_pumps, crs, exactly_m):
    osmnx.save_graphml(soho_graph(crs), tmp_path / "soho.graphml")
    network = walking_network(read_streets(tmp_path / "soho.graphml"))
    pump, metres = network.nearest(PEOPLE, PUMPS)
    assert np.array_equal(pump, to_pumps[0])
    assert metres == pytest.approx(to_pumps[1], abs=exactly_m)
    assert (network.n_left_out, network.words) == (41, "walking network (soho.graphml)")


def test_a_simplified_graph_keeps_its_bends(tmp_path):
    graph = osmnx.simplify_graph(soho_graph(BNG))
    assert len(graph) < len(soho_streets().eastings) - 20
    osmnx.save_graphml(graph, tmp_path / "soho.graphml")
    streets = read_streets(tmp_path / "soho.graphml")
    # OSMnx has each street once for either way; one will do.
    assert drawn(streets) == drawn(soho_streets())


def test_edges_that_nobody_may_walk_are_left_out_of_a_graph(tmp_path):
    graph = nx.MultiDiGraph(crs=WGS84, simplified=True)
    for at, (x, y) in NODES.items():
        graph.add_node(at, x=x, y=y)
    kinds = ["motorway", ["motorway", "primary"], "primary", "primary"]
    for b, kind, access in zip((7, 14, 21, 28), kinds, ("yes", "yes", "private", "yes"), strict=True):
        graph.add_edge(0, b, osmid=1, highway=kind, access=access, length=500.0)
    osmnx.save_graphml(graph, tmp_path / "few.graphml")
    streets = read_streets(tmp_path / "few.graphml")
    assert (len(streets.starts), len(streets.eastings), streets.metres.tolist()) == (2, 3, [500, 500])


def test_of_an_extract_every_piece_that_may_be_walked_is_kept(extract):
    streets = read_streets(extract)
    to_grid = pyproj.Transformer.from_crs(WGS84, BNG, always_xy=True)
    grid = {at: to_grid.transform(*lonlat) for at, lonlat in NODES.items()}
    expected = [
        (
            sorted(tuple(np.round(grid[end], 1)) for end in piece),
            np.hypot(*np.subtract(*(grid[end] for end in piece))).round(3),
        )
        for piece in WALKED
    ]
    assert drawn(streets) == sorted(expected)
    assert 68 < streets.metres.min() < 70
    assert 110 < streets.metres.max() < 112


@pytest.mark.parametrize(("suffix", "packed"), [(".gz", gzip.compress), (".bz2", bz2.compress)])
def test_a_packed_extract_is_the_same(extract, suffix, packed):
    path = extract.with_name(f"any name{suffix}")
    path.write_bytes(packed(extract.read_bytes()))
    assert drawn(read_streets(path)) == drawn(read_streets(extract))


def test_an_extract_in_pbf_is_the_same(extract):
    path = extract.with_suffix(".osm.pbf")
    path.write_bytes(osm_pbf(NODES, WAYS))
    assert drawn(read_streets(path)) == drawn(read_streets(extract))


def test_osmnx_finds_the_same_streets_in_an_extract(tmp_path):
    path = tmp_path / "cowley.osm"
    ways = [WAYS[1], WAYS[3]]
    used = {at: NODES[at] for refs, _ in ways for at in refs}
    path.write_text(osm_xml(used, ways), encoding="utf-8")
    graph = osmnx.graph_from_xml(path, bidirectional=True, simplify=False, retain_all=True)
    streets = read_streets(path)
    assert len(graph) == len(streets.eastings)
    lengths = [metres for _, _, metres in nx.MultiGraph(graph.to_undirected()).edges(data="length")]
    assert sorted(streets.metres) == pytest.approx(sorted(lengths), rel=1e-3)


def test_where_an_extract_was_cut_a_street_ends(tmp_path):
    path = tmp_path / "cut.osm"
    held = {at: where for at, where in NODES.items() if at != 14}
    gone = '<node id="14" version="3" visible="false"/>'
    path.write_text(
        osm_xml(held, WAYS[:1]).replace("<way", f"{gone}<way", 1).replace("& ", ""), encoding="utf-8"
    )
    assert len(read_streets(path).starts) == 1


@pytest.mark.parametrize(
    ("highway", "foot", "access", "expected"),
    [
        ("residential", "", "", True),
        ("trunk", "", "", True),
        ("cycleway", "", "", True),
        ("steps", "", "destination", True),
        ("motorway", "", "", False),
        ("motorway_link", "", "yes", False),
        ("service", "", "private", False),
        ("service", "permissive", "private", True),
        ("path", "no", "", False),
        ("construction", "yes", "", False),
    ],
)
def test_who_may_walk_where(highway, foot, access, expected):
    assert is_walked(highway, foot, access) is expected


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
GRAPH = f'<graphml xmlns="{NAMESPACE}"><graph edgedefault="directed">{{}}</graph></graphml>'
REFUSED = {
    "empty": (b"", "is no file of streets"),
    "a table": (b"name,postcode\nA,OX4 1BA\n", "is no file of streets"),
    "half": (osm_xml(NODES, WAYS[1:]).encode()[:-200], "is no file of streets, or not all of one"),
    "a page": (b"<html><body/></html>", r"of another kind \(<html>\)"),
    "a VRT": (b"<OGRVRTDataSource><osm/></OGRVRTDataSource>", "of another kind"),
    "entities": (f"{BOMB}<osm>&b;</osm>".encode(), "declares a document type"),
    "entities in a graph": (f"{BOMB}{GRAPH.format('&b;')}".encode(), "declares a document type"),
    "packed and cut": (gzip.compress(osm_xml(NODES, WAYS[1:]).encode())[:-30], "is cut short or damaged"),
    "a tag without end": (gzip.compress(b'<osm a="' + b"A" * 20_000_000), "has a tag that does not end"),
    "not packed": (b"BZh91AY&SY no", "is cut short or damaged"),
    "PBF, cut": (osm_pbf(NODES, WAYS)[:120], "is cut short or damaged|holds no street"),
    "no number": (b'<osm><node id="one" lat="51" lon="-1"/></osm>', "is cut short or damaged"),
    "nothing to walk on": (osm_xml(NODES, WAYS[4:]).encode(), "holds no street that may be walked"),
    "no ways": (b"<osm/>", "holds no street that may be walked"),
    "Helsinki": (
        osm_xml({1: (24.94, 60.17), 2: (24.95, 60.17)}, [([1, 2], {"highway": "path"})]).encode(),
        "no street of it is in England",
    ),
    "nowhere": (
        osm_xml({1: (-1.0, 51.0), 2: (999.0, 99.0)}, [([1, 2], {"highway": "path"})]).encode(),
        "no street of it is in England",
    ),
    "a graph of another": (GRAPH.format('<node id="a"/>').encode(), "is not GraphML as OSMnx saves it"),
    "an empty graph": (GRAPH.format("").encode(), "is not GraphML as OSMnx saves it"),
    "a packed graph": (gzip.compress(GRAPH.format("").encode()), "is GraphML, but packed"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_none_of_streets_is_refused_and_named(tmp_path, what):
    content, words = REFUSED[what]
    (tmp_path / "streets.osm").write_bytes(content)
    with pytest.raises(UnusableFileError, match=rf"^streets\.osm .*({words}).*\. [A-Z]"):
        read_streets(tmp_path / "streets.osm")


@pytest.mark.parametrize(
    ("crs", "length", "words"),
    [
        ("EPSG:27700", 70.0, "in EPSG:27700, and by that no street of it is in England"),
        ("EPSG:999999", 70.0, "which is no known CRS"),
        ("+proj=longlat +nadgrids=/etc/passwd", 70.0, "says no CRS by its EPSG number"),
        ("EPSG:4326", float("nan"), "a length that cannot be"),
        ("EPSG:4326", -3.0, "a length that cannot be"),
    ],
)
def test_a_graph_with_numbers_that_cannot_be_is_refused(tmp_path, crs, length, words):
    graph = nx.MultiDiGraph(crs=crs)
    graph.add_node(1, x=-1.240, y=51.745)
    graph.add_node(2, x=-1.241, y=51.745)
    graph.add_edge(1, 2, osmid=1, length=length)
    osmnx.save_graphml(graph, tmp_path / "odd.graphml")
    with pytest.raises(UnusableFileError, match=words):
        read_streets(tmp_path / "odd.graphml")


def test_a_graph_with_a_value_too_deep_to_parse_is_refused(tmp_path):
    graph = nx.MultiDiGraph(crs="EPSG:4326")
    graph.add_node(1, x=-1.240, y=51.745)
    graph.add_node(2, x=-1.241, y=51.745)
    graph.add_edge(1, 2, osmid=1, length=70.0, highway=f"[{'-' * 200_000}1]")
    osmnx.save_graphml(graph, tmp_path / "deep.graphml")
    with pytest.raises(UnusableFileError, match="is not GraphML as OSMnx saves it"):
        read_streets(tmp_path / "deep.graphml")


def test_a_file_that_is_too_large_is_not_read(extract, monkeypatch):
    monkeypatch.setattr(street_extracts, "LARGEST_XML", 1_000)
    monkeypatch.setattr(street_extracts, "LARGEST_PBF", 100)
    monkeypatch.setattr(street_graphml, "LARGEST", 100)
    pbf, graph = extract.with_suffix(".pbf"), extract.with_suffix(".graphml")
    pbf.write_bytes(osm_pbf(NODES, WAYS))
    graph.write_text(GRAPH.format(" " * 100), encoding="utf-8")
    for path in (extract, pbf, graph):
        with pytest.raises(UnusableFileError, match="osmium extract"):
            read_streets(path)


def test_no_file_of_streets_says_what_to_correct(tmp_path):
    with pytest.raises(SourceMissingError, match="`MAPPING_STREETS`"):
        read_streets(tmp_path / "none.graphml")


def test_the_file_of_streets_is_a_setting():
    assert Settings.from_env({}).streets is None
    assert Settings.from_env({"MAPPING_STREETS": "oxford.osm.pbf"}).streets == Path("oxford.osm.pbf")
