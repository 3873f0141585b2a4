import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.mistakes import misconception, together


class Right:
    """Both functions as they should be; a misconception overrides what it does wrongly."""

    network_state = staticmethod(reference.network_state)
    restore_network = staticmethod(reference.restore_network)


def keyed(layers):
    """Give every array of a network by the reference's kind of key."""
    return {f"{i} {name}": array for i, layer in enumerate(layers) for name, array in layer.parameters().items()}


def refuse_other_keys(own, state):
    if own.keys() != state.keys():
        raise ValueError("the keys differ")


def refuse_other_shapes(own, state):
    if any(np.shape(state[key]) != array.shape for key, array in own.items()):
        raise ValueError("the shapes differ")


class Part(Right):
    """Saves and restores the arrays whose key `wanted` accepts, and no others."""

    def __init_subclass__(cls):
        wanted = cls.wanted

        def own(layers):
            return {key: array for key, array in keyed(layers).items() if wanted(key)}

        def restore_network(layers, state):
            refuse_other_keys(own(layers), state)
            refuse_other_shapes(own(layers), state)
            for key, array in own(layers).items():
                array[...] = state[key]

        cls.network_state = staticmethod(lambda layers: {key: array.copy() for key, array in own(layers).items()})
        cls.restore_network = staticmethod(restore_network)


@misconception(
    "the state holds the network's own arrays",
    "What was saved then changes when training goes on. Hand out copies.",
)
class not_copied(Right):
    def network_state(layers):
        return keyed(layers)


@misconception(
    "the running pair is not saved, or not restored",
    "It gets no gradient, but evaluation is computed from it. A fresh layer still has (0, 1) there.",
)
class running_pair_left_out(Part):
    def wanted(key):
        return "running" not in key


@running_pair_left_out.variant
class running_pair_not_restored(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        refuse_other_keys(own, state)
        refuse_other_shapes(own, state)
        for key, array in own.items():
            if "running" not in key:
                array[...] = state[key]


@misconception(
    "only the running pair of a batch norm layer is saved, not its γ and β",
    "They are learned as the weights are, and belong in the state.",
)
class gamma_and_beta_left_out(Part):
    def wanted(key):
        return not key.endswith(("gamma", "beta"))


@misconception(
    "only the weights and biases of the Linear layers are saved",
    "A batch norm layer has four arrays of its own. `parameters()` gives them by name, as it does for every layer.",
)
class norm_left_out(Part):
    def wanted(key):
        return key.endswith((" W", " b"))


@misconception(
    "only the arrays of batch norm are saved",
    "A network is its weights and biases as well. `parameters()` gives every layer's arrays by name.",
)
class weights_left_out(Part):
    def wanted(key):
        return not key.endswith((" W", " b"))


@weights_left_out.variant
class only_the_running_pair(Part):
    def wanted(key):
        return "running" in key


def by_kind(layers):
    return {f"{type(layer).__name__} {name}": array for layer in layers for name, array in layer.parameters().items()}


@misconception(
    "two layers of one kind share their keys",
    "The second one's arrays overwrite the first one's in the dict. Number the layers.",
)
class keys_collide(Right):
    def network_state(layers):
        return {key: array.copy() for key, array in by_kind(layers).items()}

    def restore_network(layers, state):
        refuse_other_keys(by_kind(layers), state)
        for layer in layers:
            for name, array in layer.parameters().items():
                found = state[f"{type(layer).__name__} {name}"]
                if np.shape(found) != array.shape:
                    raise ValueError(name)
        for layer in layers:
            for name, array in layer.parameters().items():
                array[...] = state[f"{type(layer).__name__} {name}"]


@misconception(
    "nothing is restored: a name is bound to the new array, and the layer keeps its old one",
    "`array = …` gives another array the name, and `layer.parameters()[name] = …` changes a dict that nobody keeps; "
    "only `array[...] = …` writes into the one there is.",
)
class only_renamed(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        refuse_other_keys(own, state)
        refuse_other_shapes(own, state)


@misconception(
    "restoring begins before everything has been looked at",
    "After a refusal the network is half old and half new. Compare all keys and shapes first, then copy.",
)
class half_restored(Right):
    def restore_network(layers, state):
        for key, array in keyed(layers).items():
            if key not in state or np.shape(state[key]) != array.shape:
                raise ValueError(key)
            array[...] = state[key]
        refuse_other_keys(keyed(layers), state)


@half_restored.variant
class keys_first_and_shapes_on_the_way(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        refuse_other_keys(own, state)
        for key, array in own.items():
            if np.shape(state[key]) != array.shape:
                raise ValueError(key)
            array[...] = state[key]


@half_restored.variant
class counted_first_and_compared_on_the_way(Right):
    def restore_network(layers, state):
        if len(state) != len(keyed(layers)):
            raise ValueError("the number of keys")
        half_restored.variants[0].restore_network(layers, state)


@misconception(
    "shapes are not compared",
    "numpy stretches one number over a whole array without a word. Compare the shapes before you copy.",
)
class shapes_not_compared(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        refuse_other_keys(own, state)
        for key, array in own.items():
            array[...] = state[key]


@misconception(
    "only a part of the shapes is compared: a length, or the number of axes",
    "A matrix that has lost all columns but one is as long as before, and numpy stretches it over the whole one. "
    "Compare `.shape`.",
)
class lengths_compared(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        refuse_other_keys(own, state)
        if any(len(state[key]) != len(array) for key, array in own.items()):
            raise ValueError("the lengths differ")
        for key, array in own.items():
            array[...] = state[key]


@lengths_compared.variant
class lengths_and_axes_compared(Right):
    def restore_network(layers, state):
        refuse_other_keys(keyed(layers), state)
        if any(np.ndim(state[key]) != array.ndim for key, array in keyed(layers).items()):
            raise ValueError("the numbers of axes differ")
        lengths_compared.variants[0].restore_network(layers, state)


@lengths_compared.variant
class axes_compared(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        refuse_other_keys(own, state)
        if any(np.ndim(state[key]) != array.ndim for key, array in own.items()):
            raise ValueError("the numbers of axes differ")
        for key, array in own.items():
            array[...] = state[key]


@misconception(
    "sizes are compared in place of shapes",
    "(1, 2) and (2,) hold as many numbers, and are different arrays: compare `.shape`.",
)
class sizes_compared(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        refuse_other_keys(own, state)
        if any(np.size(state[key]) != array.size for key, array in own.items()):
            raise ValueError("the sizes differ")
        for key, array in own.items():
            array[...] = np.reshape(state[key], array.shape)


@misconception(
    "a key that is missing is passed over",
    "The array then keeps what it had at the start: a network half trained, half random, without a message.",
)
class missing_key_skipped(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        refuse_other_keys(own, own | state)
        refuse_other_shapes(own, own | state)
        for key, array in own.items():
            array[...] = state.get(key, array)


@misconception(
    "a key too many is not noticed",
    "The state is then that of another network, perhaps of a deeper one. Compare the keys both ways.",
)
class extra_key_ignored(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        if not own.keys() <= state.keys():
            raise ValueError("a key is missing")
        refuse_other_shapes(own, state)
        for key, array in own.items():
            array[...] = state[key]


@misconception(
    "a missing key ends in another exception than a ValueError",
    "`state[key]` raises a KeyError and `assert` an AssertionError, and whoever restores waits for a ValueError. "
    "Compare the keys first, and raise one.",
)
class another_exception(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        if state.keys() - own.keys():
            raise ValueError("a key too many")
        refuse_other_shapes(own, state)
        for key, array in own.items():
            array[...] = state[key]


@another_exception.variant
class looked_up_before_compared(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        refuse_other_shapes(own, state)
        refuse_other_keys(own, state)
        for key, array in own.items():
            array[...] = state[key]


@another_exception.variant
class keys_asserted(Right):
    def restore_network(layers, state):
        assert keyed(layers).keys() == state.keys()
        reference.restore_network(layers, state)


@another_exception.variant
class everything_asserted(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        assert own.keys() == state.keys()
        assert all(np.shape(state[key]) == array.shape for key, array in own.items())
        for key, array in own.items():
            array[...] = state[key]


@misconception(
    "nothing is compared before copying",
    "What happens with a state that does not fit is then left to chance: a KeyError, a stretched array, or silence.",
)
class nothing_compared(Right):
    def restore_network(layers, state):
        for key, array in keyed(layers).items():
            array[...] = state[key]


@nothing_compared.variant
class errors_of_copying_turned(Right):
    def restore_network(layers, state):
        try:
            nothing_compared.variants[0].restore_network(layers, state)
        except Exception as error:
            raise ValueError("the state does not fit") from error


@misconception(
    "the arrays are filled in the order of the dict, and the keys are not looked at",
    "A state with other keys is not this network's, even if the shapes fit; and with one array too few, all that "
    "follow land one place too early. Compare the keys.",
)
class order_trusted(Right):
    def restore_network(layers, state):
        pairs = list(zip(keyed(layers).values(), state.values(), strict=False))
        if any(np.shape(value) != array.shape for array, value in pairs):
            raise ValueError("the shapes differ")
        for array, value in pairs:
            array[...] = value


@order_trusted.variant
class counted_and_order_trusted(Right):
    def restore_network(layers, state):
        if len(state) != len(keyed(layers)):
            raise ValueError("the number of arrays")
        order_trusted.variants[0].restore_network(layers, state)


@misconception(
    "restoring takes the arrays out of the state",
    "After `pop` the key is gone: a second network cannot be restored from the same state. "
    "Read the arrays, and leave them there.",
)
class taken_out_of_the_state(Right):
    def restore_network(layers, state):
        reference.restore_network(layers, state)
        state.clear()


@misconception(
    "the network is given the state's own arrays",
    "When the state changes, or another network is restored from it and trained, this network changes too. "
    "Copy the numbers.",
)
class restored_without_copying(Right):
    def restore_network(layers, state):
        refuse_other_keys(keyed(layers), state)
        refuse_other_shapes(keyed(layers), state)
        for i, layer in enumerate(layers):
            for name in layer.parameters():
                setattr(getattr(layer, "norm", layer), name, state[f"{i} {name}"])


@misconception(
    "the layers are switched to evaluation",
    "Saving and restoring are about arrays: in between somebody may be training. The mode is the caller's to choose.",
)
class mode_switched(Right):
    def restore_network(layers, state):
        reference.restore_network(layers, state)
        for layer in layers:
            layer.eval()


@mode_switched.variant
class mode_switched_by_saving(Right):
    def network_state(layers):
        for layer in layers:
            layer.eval()
        return reference.network_state(layers)


@mode_switched.variant
class mode_switched_by_both(Right):
    network_state = mode_switched_by_saving.network_state
    restore_network = mode_switched.variants[0].restore_network


@misconception(
    "the state is kept in float32",
    "Seven digits of sixteen are left. The restored network answers almost the same, and not to the last bit.",
)
class precision_lost(Right):
    def network_state(layers):
        return {key: array.astype(np.float32) for key, array in keyed(layers).items()}


@misconception(
    "only the first layer of the list is restored",
    "A `return` inside the loop ends it after one round. Every layer has to be filled.",
)
class first_layer_only(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        refuse_other_keys(own, state)
        refuse_other_shapes(own, state)
        for name, array in layers[0].parameters().items():
            array[...] = state[f"0 {name}"]


@misconception(
    "the attributes of the layers are replaced, and the arrays of the batch norm layer stay as they were",
    "Your BatchNorm lies inside its layer: write into the arrays that `parameters()` gives, with `[...] =`.",
)
class attributes_set(Right):
    def restore_network(layers, state):
        own = keyed(layers)
        refuse_other_keys(own, state)
        refuse_other_shapes(own, state)
        for i, layer in enumerate(layers):
            for name in layer.parameters():
                setattr(layer, name, state[f"{i} {name}"])


@attributes_set.variant
class attributes_set_to_copies(Right):
    def restore_network(layers, state):
        attributes_set.variants[0].restore_network(layers, {key: np.array(array) for key, array in state.items()})


@misconception(
    "the state is a dict of dicts, one per layer",
    "A file takes arrays. Put layer and name into one key.",
)
class nested(Right):
    def network_state(layers):
        return {
            str(i): {name: array.copy() for name, array in layer.parameters().items()} for i, layer in enumerate(layers)
        }

    def restore_network(layers, state):
        flat = {f"{i} {name}": array for i, arrays in state.items() for name, array in arrays.items()}
        reference.restore_network(layers, flat)


@together(not_copied, nothing_compared)
class neither_copied_nor_compared(Right):
    network_state = staticmethod(keyed)
    restore_network = nothing_compared.variants[0].restore_network


@together(not_copied, shapes_not_compared)
class neither_copied_nor_shapes_compared(Right):
    network_state = staticmethod(keyed)
    restore_network = shapes_not_compared.variants[0].restore_network


@together(not_copied, half_restored)
class not_copied_and_half_restored(Right):
    network_state = staticmethod(keyed)
    restore_network = half_restored.variants[0].restore_network


@not_copied_and_half_restored.variant
class not_copied_and_shapes_on_the_way(Right):
    network_state = staticmethod(keyed)
    restore_network = half_restored.variants[1].restore_network


@not_copied_and_half_restored.variant
class not_copied_and_compared_on_the_way(Right):
    network_state = staticmethod(keyed)
    restore_network = half_restored.variants[2].restore_network


@together(half_restored, extra_key_ignored)
class half_restored_from_a_deeper_one(Right):
    def restore_network(layers, state):
        for key, array in keyed(layers).items():
            if key not in state or np.shape(state[key]) != array.shape:
                raise ValueError(key)
            array[...] = state[key]


@together(not_copied, missing_key_skipped)
class not_copied_and_skipped(Right):
    network_state = staticmethod(keyed)
    restore_network = missing_key_skipped.variants[0].restore_network


@together(running_pair_left_out, not_copied)
class left_out_and_not_copied(Right):
    def network_state(layers):
        return {key: array for key, array in keyed(layers).items() if "running" not in key}

    restore_network = running_pair_left_out.variants[0].restore_network


@together(running_pair_left_out, nothing_compared)
class left_out_and_nothing_compared(Right):
    network_state = running_pair_left_out.variants[0].network_state

    def restore_network(layers, state):
        for key, array in keyed(layers).items():
            if "running" not in key:
                array[...] = state[key]


@together(keys_collide, nothing_compared)
class collide_and_nothing_compared(Right):
    network_state = keys_collide.variants[0].network_state

    def restore_network(layers, state):
        for key, array in by_kind(layers).items():
            array[...] = state[key]
        for layer in layers:
            for name, array in layer.parameters().items():
                array[...] = state[f"{type(layer).__name__} {name}"]


@together(attributes_set, nothing_compared)
class set_and_nothing_compared(Right):
    def restore_network(layers, state):
        for i, layer in enumerate(layers):
            for name in layer.parameters():
                setattr(layer, name, state[f"{i} {name}"])


@set_and_nothing_compared.variant
class set_to_copies_and_nothing_compared(Right):
    def restore_network(layers, state):
        for i, layer in enumerate(layers):
            for name in layer.parameters():
                setattr(layer, name, np.array(state[f"{i} {name}"]))
