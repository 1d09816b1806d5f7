"""How well places are reached, from tables to an answer: the page and the commands both come here."""

from mapping.assessing.asking import Asked
from mapping.assessing.england import england_gaps
from mapping.assessing.england_files import england_file
from mapping.assessing.gap_files import gaps_download, gaps_file
from mapping.assessing.ground import gap_ground
from mapping.assessing.plans import scenario_views, sites_view
from mapping.assessing.site_files import site_file, sites_download
from mapping.assessing.views import asked_question, gap_view, metric_of
from mapping.render.gap_columns import GAP_COLUMNS, MORE_COLUMNS, SITE_COLUMNS

__all__ = [
    "GAP_COLUMNS",
    "MORE_COLUMNS",
    "SITE_COLUMNS",
    "Asked",
    "asked_question",
    "england_file",
    "england_gaps",
    "gap_ground",
    "gap_view",
    "gaps_download",
    "gaps_file",
    "metric_of",
    "scenario_views",
    "site_file",
    "sites_download",
    "sites_view",
]
