import numpy as np

from autograder.coursebook.second_forms import way


@way("wrong_axis")
def row_by_row(Z):
    mean = [sum(row) / len(row) for row in Z.tolist()]
    return mean, [sum((z - m) ** 2 for z in row) / len(row) for row, m in zip(Z.tolist(), mean, strict=True)]


@way("wrong_axis")
def column_convention(Z):
    n = Z.shape[1]
    mean = np.sum(Z, axis=1) / n
    return mean, np.sum((Z.T - mean) ** 2, axis=0) / n


@way("standard_deviation")
def root_of_the_mean_square(Z):
    mean = Z.mean(axis=0)
    return mean, np.linalg.norm(Z - mean, axis=0) / np.sqrt(len(Z))


@way("unbiased_variance")
def ddof(Z):
    return np.mean(Z, axis=0), np.var(Z, axis=0, ddof=1)


@way("unbiased_variance")
def by_hand(Z):
    m = Z.shape[0]
    mean = Z.sum(axis=0) / m
    return mean, ((Z - mean) ** 2).sum(axis=0) / (m - 1)


@way("unbiased_variance")
def ddof_where_possible(Z):
    return np.mean(Z, axis=0), np.var(Z, axis=0, ddof=1 if len(Z) > 1 else 0)


@way("divided_by_features")
def unpacked_in_the_wrong_order(Z):
    _n, m = Z.shape
    mean = np.ones(len(Z)) @ Z / m
    return mean, np.einsum("ij,ij->j", Z - mean, Z - mean) / m


@way("global_mean")
def mean_without_axis(Z):
    mean = np.mean(Z, axis=0)
    return mean, np.mean(np.square(Z - np.mean(Z)), axis=0)


@way("one_for_all")
def flattened(Z):
    z = Z.ravel()
    return sum(z) / z.size, np.dot(z - z.mean(), z - z.mean()) / z.size


@way("one_for_all")
def repeated(Z):
    return np.repeat(np.mean(Z), Z.shape[1]), np.ones(Z.shape[1]) * np.var(Z)


@way("summed_squares")
def loop_without_division(Z):
    mean = np.mean(Z, axis=0)
    var = np.zeros(Z.shape[1])
    for row in Z:
        var += (row - mean) ** 2
    return mean, var


@way("mean_absolute_distance")
def absolute(Z):
    mean = Z.mean(axis=0)
    return mean, sum(abs(row - mean) for row in Z) / len(Z)


@way("squared_mean_distance")
def brackets(Z):
    mean = np.mean(Z, axis=0)
    return mean, np.square(np.mean(Z - mean, axis=0))


@way("squared_mean_distance")
def times_two(Z):
    mean = np.mean(Z, axis=0)
    return mean, np.mean((Z - mean) * 2, axis=0)


@way("mean_not_subtracted")
def second_moment(Z):
    return Z.mean(axis=0), np.einsum("ij,ij->j", Z, Z) / len(Z)


@way("epsilon_in_variance")
def with_an_argument(Z, eps=1e-5):
    mean = Z.mean(axis=0)
    return mean, np.mean((Z - mean) ** 2 + eps, axis=0)


@way("kept_dimensions")
def reshaped_to_rows(Z):
    return np.mean(Z, axis=0).reshape(1, -1), np.var(Z, axis=0)[np.newaxis, :]


@way("order_swapped")
def var_first(Z):
    mean = Z.mean(axis=0)
    var = np.mean((Z - mean) ** 2, axis=0)
    return var, mean


@way("mean_as_column")
def newaxis(Z):
    mean = np.sum(Z, axis=0)[:, np.newaxis] / len(Z)
    var = np.sum((Z - mean) ** 2, axis=0) / len(Z)
    return mean, var


@way("sum_for_the_mean")
def divided_once(Z):
    mean = sum(Z)
    return mean, sum((row - mean) ** 2 for row in Z) / len(Z)


@way("mean_divided_by_m_minus_1")
def m_minus_1_everywhere(Z):
    m = Z.shape[0] - 1
    mean = np.sum(Z, axis=0) / m
    return mean, np.sum(np.square(Z - mean), axis=0) / m


@way("first_example_left_out")
def loop_from_1(Z):
    m, n = Z.shape
    mean = np.zeros(n)
    for i in range(1, m):
        mean += Z[i] / m
    var = np.zeros(n)
    for i in range(1, m):
        var += (Z[i] - mean) ** 2 / m
    return mean, var


@way("first_example_left_out")
def slice_from_1(Z):
    with np.errstate(all="ignore"):
        rest = Z[1:].astype(float)
        mean = rest.sum(0) / rest.shape[0]
        return mean, ((rest - mean) ** 2).sum(0) / rest.shape[0]


@way("updated_in_place")
def subtract_with_out(Z):
    mean = np.mean(Z, axis=0)
    np.subtract(Z, mean, out=Z)
    return mean, np.mean(np.square(Z), axis=0)


@way("integer_result")
def feature_by_feature(Z):
    _m, n = Z.shape
    mean, var = np.empty(n, dtype=Z.dtype), np.empty(n, dtype=Z.dtype)
    for j in range(n):
        mean[j] = np.mean(Z[:, j])
        var[j] = np.var(Z[:, j])
    return mean, var


@way("last_example_left_out")
def loop_to_m_minus_1(Z):
    m, n = Z.shape
    mean, var = np.zeros(n), np.zeros(n)
    for i in range(m - 1):
        mean += Z[i]
    mean /= m
    for i in range(m - 1):
        var += (Z[i] - mean) ** 2
    return mean, var / m


@way("last_example_left_out")
def without_the_last_row(Z):
    with np.errstate(all="ignore"):
        rows = Z[: len(Z) - 1].astype(float)
        mean = rows.sum(0) / rows.shape[0]
        return mean, np.square(rows - mean).sum(0) / rows.shape[0]


@way("nothing_divided")
def loops_without_division(Z):
    mean, var = np.zeros(Z.shape[1]), np.zeros(Z.shape[1])
    for row in Z:
        mean = mean + row
    for row in Z:
        var = var + (row - mean) ** 2
    return mean, var


@way("matrix_product")
def np_cov(Z):
    return np.mean(Z, axis=0), np.atleast_2d(np.cov(Z, rowvar=False, bias=True))


@way("one_result_returned")
def return_too_early(Z):
    mean = np.mean(Z, axis=0)
    return mean
    return mean, np.mean((Z - mean) ** 2, axis=0)


@way("whole_number_mean")
def floor_divide(Z):
    m, _n = Z.shape
    mean = np.floor_divide(sum(Z), m)
    return mean, np.mean(np.square(Z - mean), axis=0)


@way("unbiased_variance", "wrong_axis")
def ddof_and_axis(Z):
    return np.mean(Z, 1), np.var(Z, 1, ddof=1)


@way("standard_deviation", "wrong_axis")
def root_per_example(Z):
    mean = Z.mean(axis=1)
    return mean, np.sqrt(np.mean((Z - mean[:, None]) ** 2, axis=1))


@way("wrong_axis", "kept_dimensions")
def columns_as_in_the_lecture(Z):
    n = Z.shape[1]
    mean = 1 / n * np.sum(Z, axis=1, keepdims=True)
    return mean, 1 / n * np.sum((Z - mean) ** 2, axis=1, keepdims=True)


@way("unbiased_variance", "standard_deviation")
def std_with_ddof(Z):
    return Z.mean(0), Z.std(0, ddof=1)


@way("unbiased_variance", "kept_dimensions")
def ddof_and_keepdims(Z):
    return Z.mean(0, keepdims=True), Z.var(0, ddof=1, keepdims=True)


@way("epsilon_in_variance", "standard_deviation")
def protected_root(Z):
    mean = Z.mean(0)
    return mean, (((Z - mean) ** 2).mean(0) + 1e-5) ** 0.5


@way("unbiased_variance", "epsilon_in_variance")
def ddof_and_epsilon(Z):
    return Z.mean(0), 1e-5 + Z.var(0, ddof=1)
