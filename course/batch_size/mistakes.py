from autograder.coursebook.mistakes import misconception


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


@misconception(
    "the whole shape comes back",
    "`Z.shape` is a pair: rows first, columns second. The number of examples is one of the two.",
)
def shape_returned(Z):
    return Z.shape


@misconception("one example too few is counted", "The last row has the number m − 1, because Python counts from 0.")
def last_index(Z):
    return len(Z) - 1


@misconception(
    "the number is typed in",
    "It is right for one mini-batch only. Ask Z itself: `Z.shape` knows.",
)
def typed_in(Z):
    return 4
