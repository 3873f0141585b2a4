"""What the experiments stand on: data, a small network, its training, one style of figure, and sliders."""

from bnlib.lab.bar import progress_bar
from bnlib.lab.digits import Digits, digits
from bnlib.lab.network import Network, Norm
from bnlib.lab.play import play
from bnlib.lab.style import style
from bnlib.lab.training import accuracy, mini_batches, train

__all__ = ["Digits", "Network", "Norm", "accuracy", "digits", "mini_batches", "play", "progress_bar", "style", "train"]
