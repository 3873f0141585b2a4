# %% keys that are places, arrays in the order of their names
import numpy as np


def arrays_of(layers):
    return [a for layer in layers for _, a in sorted(layer.parameters().items())]


def network_state(layers):
    return {f"/{len(layers)}/{k}": np.array(a) for k, a in enumerate(arrays_of(layers))}


def restore_network(layers, state):
    arrays, wanted = arrays_of(layers), network_state(layers)
    if set(wanted) != set(state) or any(wanted[k].shape != np.asarray(state[k]).shape for k in wanted):
        raise ValueError("does not fit")
    for array, key in zip(arrays, wanted):
        np.copyto(array, state[key])


# %% from the last layer to the first, batch norm through its own functions
import numpy as np


def network_state(layers):
    state = {}
    for i in reversed(range(len(layers))):
        own = layers[i].norm.state_dict() if hasattr(layers[i], "norm") else layers[i].parameters()
        state.update({f"{i}.{name}": np.array(a) for name, a in own.items()})
    return state


def restore_network(layers, state):
    now = network_state(layers)
    for key in now.keys() | state.keys():
        if key not in now or key not in state or now[key].shape != np.shape(state[key]):
            raise ValueError(key)
    for i, layer in enumerate(layers):
        own = {name.split(".")[1]: a for name, a in state.items() if name.split(".")[0] == str(i)}
        if hasattr(layer, "norm"):
            layer.norm.load_state_dict(own)
        else:
            for name, a in own.items():
                setattr(layer, name, np.array(a))


# %% pairs collected and compared first, copied last; a KeyError turned into a ValueError
import copy

import numpy as np


def walk(layers):
    for place, layer in enumerate(layers):
        for name, array in layer.parameters().items():
            yield "layer%02d/%s/%s" % (place, type(layer).__name__, name), array


def network_state(layers):
    return copy.deepcopy(dict(walk(layers)))


def restore_network(layers, state):
    left, pairs = dict(state), []
    try:
        for key, array in walk(layers):
            pairs.append((array, np.asarray(left.pop(key))))
    except KeyError as error:
        raise ValueError(f"{error} is missing") from None
    if left or any(old.shape != new.shape for old, new in pairs):
        raise ValueError("another network's")
    for old, new in pairs:
        old[:] = new


# %% shapes compared as dicts, numbers written through flat
import numpy as np


def network_state(layers):
    return {
        name + str(number): +array
        for number, layer in enumerate(layers)
        for name, array in layer.parameters().items()
    }


def restore_network(layers, state):
    shapes = {key: np.shape(value) for key, value in state.items()}
    if shapes != {key: np.shape(value) for key, value in network_state(layers).items()}:
        raise ValueError(shapes)
    for number, layer in enumerate(layers):
        for name, array in layer.parameters().items():
            array.flat = np.ravel(state[name + str(number)])


# %% a number beside the arrays, first in the dict
import numpy as np


def arrays_of(layers):
    return {f"{i}:{name}": a for i, layer in enumerate(layers) for name, a in layer.parameters().items()}


def network_state(layers):
    return {"number of layers": np.array(len(layers)), **{k: np.copy(a) for k, a in arrays_of(layers).items()}}


def restore_network(layers, state):
    fresh = network_state(layers)
    if set(fresh) != set(state) or any(fresh[k].shape != np.shape(state[k]) for k in fresh):
        raise ValueError("another network's")
    for k, a in arrays_of(layers).items():
        a[...] = state[k]
