"""Why a written moment is not exact: the codes that stand in `WrittenMoment.reason`."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a moment has to be asked back (POLICY-3)."""

    WEEKDAY_CONTRADICTS = "weekday_contradicts"  # the weekday written is not that of the date
    DAY_MONTH_ORDER = "day_month_order"  # 03/04/2027
    YEAR = "year"  # no year, and the date has just gone by; or two digits that are no likely year
    RELATIVE = "relative"  # "next Tuesday", and people differ which
    SEVERAL = "several"  # two different moments are written
    EXCLUDED = "excluded"  # "not on 1 December": the only date is one that is not wanted
    HALF_OF_DAY = "half_of_day"  # "at three", "half nine", "14:00 am": which of two clock times
    MIDNIGHT = "midnight"  # the one at which the day begins, or at which it ends
    ZONE_CONTRADICTS = "zone_contradicts"  # CET in July; or two zones that disagree
    UNKNOWN_ZONE = "unknown_zone"  # BST, IST, or an abbreviation that we do not know
    DST_DOUBLED = "dst_doubled"  # the hour exists twice
    DST_GAP = "dst_gap"  # the clock jumps over it
    IMPOSSIBLE_DATE = "impossible_date"  # 31 February
    IMPOSSIBLE_TIME = "impossible_time"  # 25:00
    UNREAD = "unread"  # beside it stands a word of dates that we could not place ("Tuesday week")
    NO_TIME = "no_time"  # a day, or a part of a day, without a time
    STRETCH = "stretch"  # from one moment to another, or only a bound ("before 10:00")
    AROUND = "around"  # "around 2 pm": a start has to be named
    RECURRING = "recurring"  # "every second Tuesday"
