"""Both functions of the cell, in a class; what is not written otherwise is `Own`'s."""

import numpy as np

from autograder.coursebook.second_forms import way


def pairs(layers):
    return [((i, name), array) for i, layer in enumerate(layers) for name, array in layer.parameters().items()]


def key_of(place):
    return "layer{}.{}".format(*place)


def refuse(wrong):
    if wrong:
        raise ValueError("the state does not fit")


class Own:
    """Both functions rightly, in other words than the reference's."""

    def network_state(layers):
        state = {}
        for place, array in pairs(layers):
            state[key_of(place)] = np.array(array)
        return state

    def restore_network(layers, state):
        keys = [key_of(place) for place, _ in pairs(layers)]
        refuse(set(keys) != set(state))
        refuse(any(np.shape(state[key]) != array.shape for key, (_, array) in zip(keys, pairs(layers), strict=True)))
        for key, (_, array) in zip(keys, pairs(layers), strict=True):
            np.copyto(array, state[key])


@way("not_copied")
class OwnArrays(Own):
    def network_state(layers):
        return dict((key_of(place), array) for place, array in pairs(layers))


@way("running_pair_left_out")
class LearnedOnly(Own):
    def network_state(layers):
        return {key_of(p): array.copy() for p, array in pairs(layers) if not p[1].startswith("running")}

    def restore_network(layers, state):
        own = {key_of(p): array for p, array in pairs(layers) if not p[1].startswith("running")}
        refuse(list(own) != list(state) or any(own[key].shape != state[key].shape for key in own))
        for key in own:
            own[key][:] = state[key]


@way("running_pair_left_out")
class LearnedRestored(Own):
    def restore_network(layers, state):
        refuse({key_of(place) for place, _ in pairs(layers)} != set(state))
        refuse(any(array.shape != np.shape(state[key_of(place)]) for place, array in pairs(layers)))
        for place, array in pairs(layers):
            if place[1] not in ("running_mean", "running_var"):
                array[:] = state[key_of(place)]


@way("norm_left_out")
class WeightsAndBiases(Own):
    def network_state(layers):
        linear = [(i, layer) for i, layer in enumerate(layers) if hasattr(layer, "W")]
        return {f"{name}{i}": getattr(layer, name).copy() for i, layer in linear for name in "Wb"}

    def restore_network(layers, state):
        own = {
            f"{name}{i}": getattr(layer, name) for i, layer in enumerate(layers) if hasattr(layer, "W") for name in "Wb"
        }
        refuse(own.keys() != state.keys() or any(own[key].shape != state[key].shape for key in own))
        for key in own:
            own[key][:] = state[key]


@way("weights_left_out")
class NormsOnly(Own):
    def network_state(layers):
        norms = [(i, layer.norm) for i, layer in enumerate(layers) if hasattr(layer, "norm")]
        return {f"{i}/{name}": array for i, norm in norms for name, array in norm.state_dict().items()}

    def restore_network(layers, state):
        norms = [(i, layer.norm) for i, layer in enumerate(layers) if hasattr(layer, "norm")]
        refuse(set(state) != {f"{i}/{name}" for i, norm in norms for name in norm.state_dict()})
        for i, norm in norms:
            norm.load_state_dict({name: state[f"{i}/{name}"] for name in norm.state_dict()})


@way("gamma_and_beta_left_out")
class WithoutLearned(Own):
    def network_state(layers):
        return {key_of(p): array.copy() for p, array in pairs(layers) if p[1] not in ("gamma", "beta")}

    def restore_network(layers, state):
        own = {key_of(p): array for p, array in pairs(layers) if p[1] not in ("gamma", "beta")}
        refuse(set(own) != set(state) or any(own[key].shape != np.shape(state[key]) for key in own))
        for key in own:
            own[key][...] = state[key]


@way("keys_collide")
class NamesOnly(Own):
    def network_state(layers):
        return {type(layer).__name__ + n: np.array(a) for layer in layers for n, a in layer.parameters().items()}

    def restore_network(layers, state):
        own = [(type(layer).__name__ + n, a) for layer in layers for n, a in layer.parameters().items()]
        refuse({key for key, _ in own} != set(state) or any(state[key].shape != a.shape for key, a in own))
        for key, array in own:
            array[...] = state[key]


@way("only_renamed")
class Renamed(Own):
    def restore_network(layers, state):
        refuse(set(state) != {key_of(place) for place, _ in pairs(layers)})
        refuse(any(np.shape(state[key_of(place)]) != array.shape for place, array in pairs(layers)))
        for place, array in pairs(layers):
            array = state[key_of(place)]


@way("half_restored")
class CheckedOnTheWay(Own):
    def restore_network(layers, state):
        refuse(len(state) != len(pairs(layers)))
        for place, array in pairs(layers):
            refuse(key_of(place) not in state or np.shape(state[key_of(place)]) != array.shape)
            array[...] = state[key_of(place)]


@way("shapes_not_compared")
class KeysOnly(Own):
    def restore_network(layers, state):
        refuse({key_of(place) for place, _ in pairs(layers)} ^ set(state))
        for place, array in pairs(layers):
            np.copyto(array, state[key_of(place)])


@way("sizes_compared")
class Sizes(Own):
    def restore_network(layers, state):
        refuse({key_of(place) for place, _ in pairs(layers)} ^ set(state))
        refuse(any(array.size != state[key_of(place)].size for place, array in pairs(layers)))
        for place, array in pairs(layers):
            array.flat = state[key_of(place)].ravel()


@way("half_restored")
class KeysAndThenOnTheWay(Own):
    def restore_network(layers, state):
        refuse({key_of(place) for place, _ in pairs(layers)} != set(state))
        for i, layer in enumerate(layers):
            for name, array in layer.parameters().items():
                refuse(state[key_of((i, name))].shape != array.shape)
                array[:] = state[key_of((i, name))]


@way("lengths_compared")
class FirstAxes(Own):
    def restore_network(layers, state):
        refuse({key_of(place) for place, _ in pairs(layers)} != set(state))
        for place, array in pairs(layers):
            new = state[key_of(place)]
            refuse(new.ndim != array.ndim or new.shape[0] != array.shape[0])
        for place, array in pairs(layers):
            np.copyto(array, state[key_of(place)])


@way("lengths_compared")
class LenOnly(Own):
    def restore_network(layers, state):
        refuse({key_of(place) for place, _ in pairs(layers)} != set(state))
        refuse([len(state[key_of(place)]) for place, _ in pairs(layers)] != [len(array) for _, array in pairs(layers)])
        for place, array in pairs(layers):
            array[:] = state[key_of(place)]


@way("missing_key_skipped")
class IfThere(Own):
    def restore_network(layers, state):
        own = {key_of(place): array for place, array in pairs(layers)}
        refuse(any(key not in own for key in state))
        refuse(any(own[key].shape != state[key].shape for key in state))
        for key in state:
            own[key][...] = state[key]


@way("extra_key_ignored")
class OwnKeysOnly(Own):
    def restore_network(layers, state):
        refuse(any(key_of(place) not in state for place, _ in pairs(layers)))
        Own.restore_network(layers, {key_of(place): state[key_of(place)] for place, _ in pairs(layers)})


@way("another_exception")
class KeyErrors(Own):
    def restore_network(layers, state):
        new = [(array, state[key_of(place)]) for place, array in pairs(layers)]
        refuse(len(new) != len(state) or any(array.shape != value.shape for array, value in new))
        for array, value in new:
            array[...] = value


@way("another_exception")
class Asserted(Own):
    def restore_network(layers, state):
        assert sorted(state) == sorted(key_of(place) for place, _ in pairs(layers)), "keys"
        assert all(state[key_of(place)].shape == array.shape for place, array in pairs(layers)), "shapes"
        Own.restore_network(layers, state)


@way("nothing_compared")
class Tried(Own):
    def restore_network(layers, state):
        for place, array in pairs(layers):
            try:
                array[:] = state[key_of(place)]
            except (KeyError, ValueError):
                raise ValueError(key_of(place)) from None


@way("nothing_compared")
class Trusting(Own):
    def restore_network(layers, state):
        for place, array in pairs(layers):
            array[...] = state[key_of(place)]


@way("order_trusted")
class ByOrder(Own):
    def restore_network(layers, state):
        values = list(state.values())
        refuse(any(a.shape != np.shape(v) for (_, a), v in zip(pairs(layers), values, strict=False)))
        for (_, array), value in zip(pairs(layers), values, strict=False):
            array[:] = value


@way("order_trusted")
class CountedAndByOrder(Own):
    def restore_network(layers, state):
        refuse(len(state) != len(pairs(layers)))
        refuse(any(a.shape != np.shape(v) for (_, a), v in zip(pairs(layers), state.values(), strict=True)))
        for (_, array), value in zip(pairs(layers), state.values(), strict=True):
            array[:] = value


@way("taken_out_of_the_state")
class Popped(Own):
    def restore_network(layers, state):
        refuse({key_of(place) for place, _ in pairs(layers)} != set(state))
        refuse(any(array.shape != np.shape(state[key_of(place)]) for place, array in pairs(layers)))
        for place, array in pairs(layers):
            array[:] = state.pop(key_of(place))


@way("restored_without_copying")
class ThroughTheNorm(Own):
    def restore_network(layers, state):
        refuse({key_of(place) for place, _ in pairs(layers)} != set(state))
        refuse(any(array.shape != np.shape(state[key_of(place)]) for place, array in pairs(layers)))
        for (i, name), _ in pairs(layers):
            target = layers[i].norm if hasattr(layers[i], "norm") else layers[i]
            vars(target)[name] = state[key_of((i, name))]


@way("mode_switched")
class ReadyToEvaluate(Own):
    def restore_network(layers, state):
        Own.restore_network(layers, state)
        for layer in layers:
            layer.training = False


@way("precision_lost")
class SinglePrecision(Own):
    def network_state(layers):
        return {key_of(place): np.array(array, dtype="float32") for place, array in pairs(layers)}


@way("first_layer_only")
class ReturnInTheLoop(Own):
    def restore_network(layers, state):
        Own.restore_network(layers[:0], {})
        refuse({key_of(place) for place, _ in pairs(layers)} != set(state))
        refuse(any(array.shape != np.shape(state[key_of(place)]) for place, array in pairs(layers)))
        for i, layer in enumerate(layers):
            for name, array in layer.parameters().items():
                array[...] = state[key_of((i, name))]
            return


@way("attributes_set")
class Attributes(Own):
    def restore_network(layers, state):
        refuse({key_of(place) for place, _ in pairs(layers)} != set(state))
        refuse(any(array.shape != np.shape(state[key_of(place)]) for place, array in pairs(layers)))
        for (i, name), _ in pairs(layers):
            vars(layers[i])[name] = state[key_of((i, name))].copy()


@way("nested")
class DictOfDicts(Own):
    def network_state(layers):
        return {f"layer{i}": {n: np.copy(a) for n, a in layer.parameters().items()} for i, layer in enumerate(layers)}

    def restore_network(layers, state):
        Own.restore_network(layers, {f"{key}.{n}": a for key, arrays in state.items() for n, a in arrays.items()})


@way("not_copied", "nothing_compared")
class NoCareAtAll(Own):
    network_state = OwnArrays.function.network_state
    restore_network = Trusting.function.restore_network


@way("half_restored", "extra_key_ignored")
class MostNaturalLoop(Own):
    def restore_network(layers, state):
        for place, array in pairs(layers):
            if key_of(place) not in state:
                raise ValueError("missing")
            if state[key_of(place)].shape != array.shape:
                raise ValueError("shape")
            array[:] = state[key_of(place)]


@way("not_copied", "half_restored")
class NoCopiesAndChecksOnTheWay(Own):
    network_state = OwnArrays.function.network_state
    restore_network = CheckedOnTheWay.function.restore_network
