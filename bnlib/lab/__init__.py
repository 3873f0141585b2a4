"""What the experiments stand on: data, a small network, its training, one style of figure, and sliders."""

from bnlib.lab.answer import answer
from bnlib.lab.bar import progress_bar
from bnlib.lab.digits import Digits, digits
from bnlib.lab.images import Flatten, MaxPool, Patches
from bnlib.lab.layers import AsLayer, Layer, Linear, ReLU
from bnlib.lab.network import Network, Norm
from bnlib.lab.play import play
from bnlib.lab.process import in_fresh_process
from bnlib.lab.spread import with_spread
from bnlib.lab.stack import Stack
from bnlib.lab.style import style
from bnlib.lab.training import accuracy, mini_batches, train

__all__ = [
    "AsLayer",
    "Digits",
    "Flatten",
    "Layer",
    "Linear",
    "MaxPool",
    "Network",
    "Norm",
    "Patches",
    "ReLU",
    "Stack",
    "accuracy",
    "answer",
    "digits",
    "in_fresh_process",
    "mini_batches",
    "play",
    "progress_bar",
    "style",
    "train",
    "with_spread",
]
