from autograder.misconceptions import misconception


@misconception(
    "the columns are counted",
    "Examples stand in rows: a mini-batch of 4 examples with 3 features has the shape (4, 3).",
)
def features_counted(Z):
    return Z.shape[1]


@misconception("every number in Z is counted", "An example is a whole row, not a single number.")
def entries_counted(Z):
    return Z.size


@misconception(
    "the axes are counted",
    "`Z.ndim` is 2 for every mini-batch, however many examples it holds.",
)
def axes_counted(Z):
    return Z.ndim
