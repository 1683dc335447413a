"""Dates as printed, and the days that bound them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzgraph.dates import bounds


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2012", ("2012-01-01", "2012-12-31")),
        ("2012-05", ("2012-05-01", "2012-05-31")),
        ("2012-02", ("2012-02-01", "2012-02-29")),
        ("2011-02", ("2011-02-01", "2011-02-28")),
        ("2012-05-03", ("2012-05-03", "2012-05-03")),
        ("2010/2012", ("2010-01-01", "2012-12-31")),
        ("2011-12-16/2012-01", ("2011-12-16", "2012-01-31")),
        ("2010-06/..", ("2010-06-01", None)),
        ("../2010-06", (None, "2010-06-30")),
        ("2010-06/", ("2010-06-01", None)),
        ("/2010-06", (None, "2010-06-30")),
        ("2011-02-XX", ("2011-02-01", "2011-02-28")),
        ("201X", ("2010-01-01", "2019-12-31")),
        ("2012-XX", ("2012-01-01", "2012-12-31")),
        ("2012-21", ("2012-03-01", "2012-05-31")),
    ],
)
def test_a_date_is_bounded_by_its_days(text: str, days: tuple[str | None, str | None]) -> None:
    assert bounds(text) == days


@pytest.mark.parametrize("text", ["2012~", "2012?", "2012%", "2012-05~"])
def test_an_uncertain_date_is_bounded_as_it_is_written(text: str) -> None:
    assert bounds(text) == bounds(text[:-1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "last year",
        "12 May 2012",
        "2012-13",
        "2012-00",
        "2012-02-30",
        "2011-02-29",
        "12/05/2012",
        "2012/2010",
        "05-2012",
        "2012-5-3",
        "12",
        "20121",
        "2012-05-03/2012-05-02",
        "/",
        "../..",
        "2012\n",
        "٢٠١٢",
        "2012 ",
        "Y20120",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert bounds(text) is None


@given(st.dates(datetime.date(1000, 1, 1)), st.dates(datetime.date(1000, 1, 1)))
def test_an_interval_is_bounded_by_its_ends(one: datetime.date, other: datetime.date) -> None:
    expected = (one.isoformat(), other.isoformat()) if one <= other else None
    assert bounds(f"{one}/{other}") == expected


@settings(deadline=None, max_examples=150)
@given(st.text("0123X?~%/.-:TZ+", min_size=4, max_size=48))
def test_any_shape_is_bounded_or_none(text: str) -> None:
    found = bounds(text)
    if found is not None and all(found):
        earliest, latest = (datetime.date.fromisoformat(day) for day in found if day)
        assert earliest <= latest


@given(st.dates(min_value=datetime.date(1, 1, 1)), st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))
@settings(max_examples=60, deadline=None)
def test_the_short_way_for_plain_dates_agrees_with_edtf(day: datetime.date, shape: str) -> None:
    from edtf import parse_edtf

    text = day.isoformat()[: {"%Y": 4, "%Y-%m": 7, "%Y-%m-%d": 10}[shape]]
    parsed = parse_edtf(text)
    low, high = parsed.lower_strict(), parsed.upper_strict()
    assert bounds(text) == tuple(f"{t.tm_year:04d}-{t.tm_mon:02d}-{t.tm_mday:02d}" for t in (low, high))
