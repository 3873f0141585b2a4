"""One style for every figure: it reads in greyscale too, by line style and lightness."""

LOOK = {
    "figure.figsize": (8, 3.6),
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "font.size": 10.5,
    "axes.titlesize": 11.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.7,
    "axes.axisbelow": True,
    "lines.linewidth": 1.8,
    "legend.frameon": False,
}
COLOURS = ("#14365d", "#c8502b", "#5c9a8b", "#9a8fb5", "#b0a050")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))


def style():
    """Set matplotlib to the course's style."""
    import matplotlib.pyplot as plt
    from cycler import cycler

    plt.rcParams.update(LOOK)
    plt.rcParams["axes.prop_cycle"] = cycler(color=COLOURS) + cycler(linestyle=DASHES)
