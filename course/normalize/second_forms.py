import numpy as np

from autograder.coursebook import reference
from autograder.coursebook.second_forms import way


@way("eps_outside_sqrt")
def loop_over_features(Z, mean, var, eps=1e-5):
    columns = [(Z[:, j] - mean[j]) / (var[j] ** 0.5 + eps) for j in range(Z.shape[1])]
    return np.stack(columns, axis=1)


@way("eps_forgotten")
def power_of_minus_a_half(Z, mean, var, eps=1e-5):
    with np.errstate(all="ignore"):
        return (Z - mean) * var**-0.5


@way("eps_forgotten")
def guarded(Z, mean, var, eps=1e-5):
    std = np.sqrt(var)
    return np.where(std > 0, (Z - mean) / (std + (std == 0)), 0.0)


@way("eps_squared")
def hypotenuse(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.hypot(np.sqrt(var), eps)


@way("eps_hard_coded")
def named_constant(Z, mean, var, eps=1e-5):
    epsilon = 10**-5
    std = (var + epsilon) ** 0.5
    return Z / std - mean / std


@way("eps_as_floor")
def where_small(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.sqrt(np.where(var < eps, eps, var))


@way("eps_subtracted")
def minus_eps(Z, mean, var, eps=1e-5):
    with np.errstate(all="ignore"):
        return (Z - mean) * (var - eps) ** -0.5


@way("brackets_missing")
def ratio_subtracted(Z, mean, var, eps=1e-5):
    ratio = np.divide(mean, np.sqrt(var + eps))
    return np.array([row - ratio for row in Z])


@way("multiplied")
def by_einsum(Z, mean, var, eps=1e-5):
    return np.einsum("ij,j->ij", Z - mean, np.sqrt(var + eps))


@way("mean_not_subtracted")
def diagonal(Z, mean, var, eps=1e-5):
    return Z @ np.diag(1 / np.sqrt(var + eps))


@way("divided_by_variance")
def inverse_variance(Z, mean, var, eps=1e-5):
    inverse = 1 / (var + eps)
    return Z * inverse - mean * inverse


@way("root_taken_twice")
def quarter(Z, mean, var, eps=1e-5):
    return (Z - mean) / (var + eps) ** 0.25


@way("own_statistics")
def from_the_lesson_before(Z, mean, var, eps=1e-5):
    mean, var = reference.batch_statistics(Z)
    return (Z - mean) / np.sqrt(var + eps)


@way("updated_in_place")
def subtract_only(Z, mean, var, eps=1e-5):
    Z -= mean
    return Z / np.sqrt(var + eps)


@way("updated_in_place")
def slice_assigned(Z, mean, var, eps=1e-5):
    Z[:] = (Z - mean) / (var + eps) ** 0.5
    return Z


@way("integer_result")
def entry_by_entry(Z, mean, var, eps=1e-5):
    out = np.empty_like(Z)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            out[i, j] = (Z[i, j] - mean[j]) / np.sqrt(var[j] + eps)
    return out


@way("mean_added")
def plus(Z, mean, var, eps=1e-5):
    return (Z - (-mean)) * (1 / np.sqrt(var + eps))


@way("sign_reversed")
def minus_the_distance(Z, mean, var, eps=1e-5):
    return -(Z - mean) / np.sqrt(var + eps)


@way("divided_first")
def two_steps(Z, mean, var, eps=1e-5):
    scaled = Z / np.sqrt(var + eps)
    return scaled - mean


@way("eps_twice")
def both_places(Z, mean, var, eps=1e-5):
    std = np.sqrt(var + eps)
    return (Z - mean) * (1 / (std + eps))


@way("eps_added_to_the_result")
def afterwards(Z, mean, var, eps=1e-5):
    with np.errstate(all="ignore"):
        return eps + np.divide(Z - mean, np.sqrt(var))


@way("one_pair_per_example")
def newaxis(Z, mean, var, eps=1e-5):
    return (Z - mean[:, None]) / np.sqrt(var[:, None] + eps)


@way("eps_added_in_place")
def add_with_out(Z, mean, var, eps=1e-5):
    np.add(var, eps, out=var)
    return (Z - mean) * var**-0.5


@way("not_divided")
def centred(Z, mean, var, eps=1e-5):
    return np.subtract(Z, mean)


@way("two_roots")
def root_of_each(Z, mean, var, eps=1e-5):
    return (Z - mean) / (var**0.5 + eps**0.5)


@way("half_without_brackets")
def twice_the_variance(Z, mean, var, eps=1e-5):
    std = (var + eps) ** 1 / 2
    return (Z - mean) / std


@way("variance_squared")
def hypotenuse_with_the_variance(Z, mean, var, eps=1e-5):
    return (Z - mean) / np.hypot(var, np.sqrt(eps))


@way("across_features")
def row_by_row(Z, mean, var, eps=1e-5):
    return np.array([(row - np.mean(row)) / np.sqrt(np.var(row) + eps) for row in Z])


@way("default_changed")
def of_keras(Z, mean, var, eps=0.001):
    std = np.sqrt(var + eps)
    return Z / std - mean / std


@way("eps_outside_sqrt", "eps_hard_coded")
def keras_of_old(Z, mean, var, eps=1e-5):
    return (Z - mean) * (1 / (var**0.5 + 0.00001))


@way("eps_forgotten", "divided_by_variance")
def neither_root_nor_eps(Z, mean, var, eps=1e-5):
    with np.errstate(all="ignore"):
        return np.divide(Z - mean, var)


@way("eps_forgotten", "mean_not_subtracted")
def bare(Z, mean, var, eps=1e-5):
    with np.errstate(all="ignore"):
        return Z * (1 / np.sqrt(var))


@way("eps_outside_sqrt", "brackets_missing")
def two_slips(Z, mean, var, eps=1e-5):
    std = var**0.5
    return Z - mean / (std + eps)


@way("eps_outside_sqrt", "own_statistics")
def own_deviation(Z, mean, var, eps=1e-5):
    return np.apply_along_axis(lambda column: (column - column.mean()) / (column.std() + eps), 0, Z)


@way("eps_outside_sqrt", "updated_in_place")
def in_place(Z, mean, var, eps=1e-5):
    np.subtract(Z, mean, out=Z)
    return Z / (np.sqrt(var) + eps)


@way("eps_outside_sqrt", "integer_result")
def rows_of_integers(Z, mean, var, eps=1e-5):
    out = np.zeros(Z.shape, dtype=Z.dtype)
    for i, row in enumerate(Z):
        out[i] = (row - mean) / (np.sqrt(var) + eps)
    return out
