"""Opens the template in LibreOffice, types the cells, and saves it as the files of the tests.

Usage: fill.py <folder with template.xlsx and cells.json> <folder for the files>. LibreOffice listens on a pipe named
`ot-fill` (make.sh starts it).
"""

import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

CSV = "Text - txt - csv (StarCalc)"
# Separator ;, quote ", character set, from the first row, as shown, without formulas, the first sheet.
WINDOWS_1252 = "59,34,1,1,,0,false,true,false,false,false,0"
UTF_8 = "59,34,76,1,,0,false,true,false,false,false,0,true"


def connected():
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(120):
        try:
            return resolver.resolve("uno:pipe,name=ot-fill;urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.5)
    raise SystemExit("LibreOffice does not answer")


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def main(source, target):
    office = connected()
    desktop = office.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", office)
    document = desktop.loadComponentFromURL(
        (source / "template.xlsx").resolve().as_uri(), "_blank", 0, properties(Hidden=True)
    )
    sheet = document.Sheets.getByIndex(0)
    for cell in json.loads((source / "cells.json").read_text("utf-8")):
        # As typed: in a column formatted as text it stays text.
        sheet.getCellByPosition(cell["column"], cell["row"]).FormulaLocal = cell["text"]

    def save(name, filter_name, options=""):
        document.storeToURL(
            (target / name).resolve().as_uri(), properties(FilterName=filter_name, FilterOptions=options)
        )

    save("list.xlsx", "Calc MS Excel 2007 XML")
    save("list.ods", "calc8")
    save("list-windows-1252.csv", CSV, WINDOWS_1252)
    save("list-utf-8.csv", CSV, UTF_8)
    document.close(True)
    try:
        desktop.terminate()
    except Exception:
        pass


main(Path(sys.argv[1]), Path(sys.argv[2]))
