"""Tags of a PDF: what its marks are, in the order in which they are read aloud (ISO 32000-1, 14.7 and 14.8).

reportlab writes no tags. These are written beside its marks, and end in a tree of elements, one for each stretch of
text; everything else is decoration ("Artifact").
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString


class Tags:
    """The tags of a document while its one page is painted."""

    def __init__(self, canvas: Any):  # a Canvas of reportlab, whose stub lacks what is needed here
        self._canvas = canvas
        self._page = self._canvas._doc.thisPageRef()
        self._elements: list[Any] = []

    @contextmanager
    def text(self, kind: str, told: str = "") -> Iterator[None]:
        """Tag what is painted within: as "H1" or "P", read aloud as `told` where that says more than the words seen."""
        element = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(kind), "Pg": self._page})
        element["K"] = len(self._elements)
        if told:
            element["ActualText"] = PDFString(told)
        self._canvas._code.append(f"/{kind} <</MCID {len(self._elements)}>> BDC")
        self._elements.append(element)
        yield
        self._canvas._code.append("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """Tag what is painted within as nothing to be read."""
        self._canvas._code.append("/Artifact BMC")
        yield
        self._canvas._code.append("EMC")

    @contextmanager
    def instead(self, text: str) -> Iterator[None]:
        """Say what the shapes within stand for: this is what is found, copied and read."""
        self._canvas._code.append(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC")
        yield
        self._canvas._code.append("EMC")

    def finish(self) -> None:
        """Add the tree of elements; the page has been shown."""
        document = self._canvas._doc
        root, whole = PDFDictionary({"Type": PDFName("StructTreeRoot")}), PDFDictionary({"Type": PDFName("StructElem")})
        root_at, whole_at = document.Reference(root), document.Reference(whole)
        for element in self._elements:
            element["P"] = whole_at
        elements = PDFArray([document.Reference(element) for element in self._elements])
        whole.dict |= {"S": PDFName("Document"), "P": root_at, "K": elements}
        parents = PDFDictionary({"Nums": PDFArray([0, document.Reference(elements)])})
        root.dict |= {"K": whole_at, "ParentTree": document.Reference(parents), "ParentTreeNextKey": 1}
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        page = document.Pages.pages[-1]
        page.__Defaults__ = {**page.__Defaults__, "StructParents": 0, "Tabs": PDFName("S")}
