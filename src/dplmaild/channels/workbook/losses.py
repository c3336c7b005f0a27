"""What a workbook holds that our library cannot carry over: then a copy of the people's file is kept."""

import re
from zipfile import ZipFile

_PARTS = re.compile(r"xl/(?:slicers|slicerCaches|timelines|timelineCaches|ctrlProps|threadedComments|activeX)/")
_DRAWING = re.compile(r"xl/drawings/[^/]{1,100}\.xml")
_SHEET = re.compile(r"xl/worksheets/[^/]{1,100}\.xml")
_SHAPE = re.compile(rb"<(?:\w{1,10}:)?(?:sp|grpSp|cxnSp)[ >]")
_EXTENSION = re.compile(rb"<x14:(?:sparklineGroups|dataValidations|conditionalFormattings)[ >]")


def something_would_be_lost(workbook: ZipFile) -> bool:
    """Whether text boxes, shapes, sparklines, slicers, form controls, threaded comments or their like are in it."""
    for name in workbook.namelist():
        if _PARTS.match(name):
            return True
        if _DRAWING.fullmatch(name) and _SHAPE.search(workbook.read(name)):
            return True
        if _SHEET.fullmatch(name) and _EXTENSION.search(workbook.read(name)):
            return True
    return False
