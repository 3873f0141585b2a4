"""A progress bar for whatever takes longer than two seconds."""

from bnlib.show import shell


def progress_bar(items, label):
    """Yield the items of a sized collection, and show in one line how far the loop is."""
    handle = _line(_text(label, 0, len(items)))
    for number, item in enumerate(items, start=1):
        yield item
        handle(_text(label, number, len(items)))


def _text(label, done, total):
    filled = round(20 * done / total)
    return f"{label} {'█' * filled}{'░' * (20 - filled)} {done} of {total}"


def _line(text):
    """Show a line; give the function that replaces it."""
    if shell() is None:
        return lambda new: print(f"\r{new}", end="", flush=True)
    from IPython.display import display

    handle = display({"text/plain": text}, raw=True, display_id=True)
    return lambda new: handle.update({"text/plain": new}, raw=True)
