"""Something to play with: a figure in a few settings and, where somebody is there to move them, sliders."""

from bnlib.show import shell


def play(draw, shown, **choices):
    """Draw a figure in the settings of `shown`; in a live notebook, give sliders for all the others below it.

    `draw(panel, **setting)` draws one panel. `choices` holds the values of each slider by name, and the sliders
    begin at the first setting of `shown`. A picture that a slider changes is a plain picture in the notebook, so
    that pages without sliders show it too.
    """
    import matplotlib.pyplot as plt

    _, panels = plt.subplots(1, len(shown), figsize=(8, 3.2), sharey=True)
    for panel, setting in zip(panels, shown, strict=True):
        draw(panel, **setting)
        panel.label_outer()
    plt.show()
    if _somebody_is_there():
        _sliders(draw, shown[0], choices)


def _somebody_is_there():
    """Tell whether sliders can be moved: whoever runs a notebook unattended says that nobody can be asked."""
    live = shell()
    if not hasattr(live, "kernel") or not live.kernel.get_parent()["content"].get("allow_stdin"):
        return False
    try:
        import ipywidgets  # noqa: F401
    except ImportError:
        return False
    return True


def _sliders(draw, start, choices):
    """Show a slider for each of `choices`, and one picture that follows them."""
    import ipywidgets
    from IPython.display import display

    sliders = {
        name: ipywidgets.SelectionSlider(options=values, value=start[name], description=name)
        for name, values in choices.items()
    }
    display(ipywidgets.HBox(list(sliders.values())))
    picture = display(_picture(draw, start), display_id=True)

    def redraw(_):
        picture.update(_picture(draw, {name: slider.value for name, slider in sliders.items()}))

    for slider in sliders.values():
        slider.observe(redraw, "value")


def _picture(draw, setting):
    """Draw one setting alone, on a figure that pyplot does not know and so does not show a second time."""
    from matplotlib.figure import Figure

    figure = Figure()
    draw(figure.subplots(), **setting)
    return figure
