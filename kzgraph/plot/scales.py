"""Scales for numbers: round ticks that take in every bound, and numbers as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_FEW = 5  # the most intervals that a scale has
_NARROW = Decimal("0.5")  # values that lie this close together need no zero


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale whose ticks are round and evenly spaced; its ends are its first and last tick."""

    ticks: tuple[Decimal, ...]

    @classmethod
    def of(cls, bounds: Iterable[Decimal | None]) -> Scale | None:
        """Gives a scale that takes in all bounds, or None where there are none.

        It begins with zero, unless the numbers are negative or lie close together far from it.

        >>> [int(tick) for tick in Scale.of([Decimal(10), Decimal(70), None]).ticks]
        [0, 20, 40, 60, 80]
        """
        values = [bound for bound in bounds if bound is not None]
        if not values:
            return None
        low, high = min(values), max(values)
        if low >= 0 and (low == high or high - low > high * (1 - _NARROW)):
            low = Decimal(0)
        spread = (high - low) or abs(high) or Decimal(1)
        step = _step(spread / _FEW)
        if all(value == value.to_integral_value() for value in values):
            step = max(step, Decimal(1))
        first, last = _floor(low, step), _floor(high, step) + 1
        if low and low == first * step:
            first -= 1
        return cls(tuple(number * step for number in range(first, last + 1)))

    def share(self, value: Decimal) -> Decimal:
        """Gives where a value lies on the scale: 0 at its first tick, 1 at its last."""
        return (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])


def _step(least: Decimal) -> Decimal:
    """Gives the least of 1, 2, 5 and 10 times a power of ten that is no less than a number."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in _STEPS if step * power >= least)


def _floor(value: Decimal, step: Decimal) -> int:
    return int(value // step) - (1 if value < 0 and value % step else 0)


def plain(number: Decimal) -> str:
    """Gives a number without exponent, with thousands apart.

    >>> plain(Decimal("7000000")), plain(Decimal("2E+3")), plain(Decimal("0.50"))
    ('7,000,000', '2,000', '0.5')
    """
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
