"""Who was late is tried again alone."""

import threading
import time

from autograder.grading.turns import Turns


def test_who_is_alone_waits_for_the_others_and_keeps_them_out():
    turns, inside, seen = Turns(), [], []

    def shared(name):
        with turns.shared():
            inside.append(name)
            time.sleep(0.05)
            inside.remove(name)

    def alone():
        with turns.alone():
            seen.append(list(inside))
            time.sleep(0.05)
            seen.append(list(inside))

    threads = [threading.Thread(target=shared, args=(n,)) for n in range(3)]
    threads.insert(2, threading.Thread(target=alone))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert seen == [[], []]
    assert inside == []


def test_those_who_share_run_at_the_same_time():
    turns, both = Turns(), threading.Barrier(2)

    def shared():
        with turns.shared():
            both.wait(60)

    threads = [threading.Thread(target=shared) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not both.broken
