"""Pictures for where looking is better than reading, as SVG or PNG."""

from glossary.publish.plots.files import check_plot_file, write_plot
from glossary.publish.plots.history import plot_histories
from glossary.publish.plots.statistics import plot_statistics

__all__ = ["check_plot_file", "plot_histories", "plot_statistics", "write_plot"]
