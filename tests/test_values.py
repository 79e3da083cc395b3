"""Values of our decorator do what those of the standard one do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field

import pytest

from vcdd.values import dataclass


def shapes(decorate):
    """The kinds of classes that the tool has, made by one decorator."""

    @decorate(frozen=True, slots=True, kw_only=True)
    class Named:
        """Required fields, defaults and a factory, by name only."""

        first: int
        second: str = "two"
        many: list[int] = field(default_factory=list)

    @decorate(frozen=True, slots=True)
    class Placed:
        left: object
        right: object = None

    @decorate(frozen=True, slots=True)
    class Single:
        only: tuple[int, ...]

    @decorate(frozen=True, slots=True)
    class Empty:
        pass

    @decorate(frozen=True, slots=True, kw_only=True, order=True)
    class Ordered:
        rank: int

    @decorate(slots=True)
    class Changing:
        count: int = 0

    return Named, Placed, Single, Empty, Ordered, Changing


CALLS = [
    (0, (), {"first": 1}), (0, (), {"first": 1, "many": [3]}), (0, (), {}), (0, (1,), {}), (0, (), {"first": 1, "other": 2}),
    (1, (1,), {}), (1, (1, 2), {}), (1, (), {"right": 2, "left": 1}), (1, (1, 2, 3), {}),
    (2, ((1,),), {}), (2, (), {}), (3, (), {}), (3, (1,), {}), (4, (), {"rank": 1}), (5, (), {}), (5, (4,), {}),
]  # fmt: skip


def made(decorate, which, args, kwargs):
    """What a call gives: the value's shown form and its fields, or the kind of error."""
    try:
        value = shapes(decorate)[which](*args, **kwargs)
    except TypeError:
        return TypeError
    return repr(value).replace("shapes.<locals>.", ""), dataclasses.asdict(value)


@pytest.mark.parametrize(("which", "args", "kwargs"), CALLS)
def test_calls_give_the_same_values_and_refuse_the_same_arguments(which, args, kwargs):
    assert made(dataclass, which, args, kwargs) == made(dataclasses.dataclass, which, args, kwargs)


@pytest.mark.parametrize(("which", "args", "kwargs"), [call for call in CALLS if call[0] in (1, 2, 3)])
def test_equal_values_are_equal_and_hash_as_the_standard_ones(which, args, kwargs):
    if made(dataclass, which, args, kwargs) is TypeError:
        return
    kind, standard = shapes(dataclass)[which], shapes(dataclasses.dataclass)[which]
    assert kind(*args, **kwargs) == kind(*args, **kwargs)
    assert hash(kind(*args, **kwargs)) == hash(standard(*args, **kwargs))
    assert kind(*args, **kwargs) != standard(*args, **kwargs)


def test_different_values_differ():
    _, placed, single, *_ = shapes(dataclass)
    assert placed(1, 2) != placed(2, 1)
    assert placed((1,), None) != single((1,))


def test_a_factory_makes_one_default_for_each_value():
    named = shapes(dataclass)[0]
    assert named(first=1).many is not named(first=1).many


def test_values_cannot_be_changed():
    value = shapes(dataclass)[0](first=1)
    with pytest.raises(FrozenInstanceError):
        value.first = 2
    with pytest.raises(FrozenInstanceError):
        value.other = 2
    with pytest.raises(FrozenInstanceError):
        del value.first


@dataclass(frozen=True, slots=True)
class Checked:
    """A value that checks itself and can be found by pickle."""

    number: int
    twin: int = 0

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError("below nought")


def test_values_check_themselves_and_travel():
    assert pickle.loads(pickle.dumps(Checked(1, 2))) == copy.copy(Checked(1, 2)) == Checked(1, twin=2)
    assert dataclasses.replace(Checked(1), twin=3) == Checked(1, 3)
    assert dataclasses.is_dataclass(Checked)
    with pytest.raises(ValueError, match="below nought"):
        Checked(-1)


def test_a_class_that_builds_on_another_is_left_to_the_standard_decorator():
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Below(Checked):
        extra: int = 0

    assert Below(number=1, extra=2) == Below(number=1, extra=2) != Below(number=1)
    with pytest.raises(ValueError, match="below nought"):
        Below(number=-1)
