import numpy as np

from autograder.coursebook.second_forms import way


@way("features_counted")
def length_of_a_row(Z):
    return len(Z[0])


@way("entries_counted")
def product_of_the_shape(Z):
    m, n = Z.shape
    return m * n


@way("axes_counted")
def length_of_the_shape(Z):
    return len(Z.shape)


@way("shape_returned")
def shape_as_a_list(Z):
    return list(np.shape(Z))


@way("last_index")
def number_of_the_last_row(Z):
    i = 0
    for i, _row in enumerate(Z):
        pass
    return i


@way("typed_in")
def typed_in_as_an_array(Z):
    return np.array(4)
