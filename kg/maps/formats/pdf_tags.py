"""Tags of a PDF: what its marks are, in the order in which they are read aloud (ISO 32000-1, 14.7 and 14.8).

reportlab writes no tags. These are written beside its marks, and end in a tree of elements, one for each stretch of
text and one for each link; everything else is decoration ("Artifact").
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString


class Tags:
    """The tags of a document while its pages are painted, one after the other.

    Texts of a page share an entry of the tree of parents, which is numbered as the page is; links have one each, with
    numbers after those of all pages.

    Arguments:
        canvas: a Canvas of reportlab.
        pages: how many pages there will be.
    """

    def __init__(self, canvas: Any, pages: int):  # the stub of a Canvas lacks what is needed here
        self._canvas, self._pages = canvas, pages
        self._texts: list[list[Any]] = []
        self._links: list[Any] = []
        self._elements: list[Any] = []

    def begin_page(self) -> None:
        """Tag from here on what is painted on the page that is begun."""
        self._page = self._canvas._doc.thisPageRef()
        self._texts.append([])

    @contextmanager
    def text(self, kind: str, told: str = "") -> Iterator[None]:
        """Tag what is painted within: as "H1", "H2" or "P", read aloud as `told` where that says more than is seen."""
        number = len(self._texts[-1])
        element = self._element(kind, number)
        if told:
            element["ActualText"] = PDFString(told)
        self._texts[-1].append(element)
        self._canvas._code.append(f"/{kind} <</MCID {number}>> BDC")
        yield
        self._canvas._code.append("EMC")

    def link(self, address: str, area: tuple[float, float, float, float], told: str) -> None:
        """Add a link that is read aloud as `told`; `area` is its left, bottom, right and top as things are painted."""
        number = self._pages + len(self._links)
        told_as = {"Contents": PDFString(told), "StructParent": number}
        self._canvas.linkURL(address, area, relative=1, thickness=0, **told_as)
        place = {"Type": PDFName("OBJR"), "Obj": self._canvas._annotationrefs[-1], "Pg": self._page}
        self._links.append(self._element("Link", PDFDictionary(place)))

    def _element(self, kind: str, content: Any) -> Any:
        about = {"Type": PDFName("StructElem"), "S": PDFName(kind), "Pg": self._page, "K": content}
        self._elements.append(PDFDictionary(about))
        return self._elements[-1]

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
        """Add the tree of elements; all pages have been shown."""
        document = self._canvas._doc
        root, whole = PDFDictionary({"Type": PDFName("StructTreeRoot")}), PDFDictionary({"Type": PDFName("StructElem")})
        root_at, whole_at = document.Reference(root), document.Reference(whole)
        for element in self._elements:
            element["P"] = whole_at
        elements, links, *texts = (
            [document.Reference(each) for each in some] for some in (self._elements, self._links, *self._texts)
        )
        whole.dict |= {"S": PDFName("Document"), "P": root_at, "K": PDFArray(elements)}
        numbered = list(chain.from_iterable(enumerate([*map(PDFArray, texts), *links])))
        parents = document.Reference(PDFDictionary({"Nums": PDFArray(numbered)}))
        root.dict |= {"K": whole_at, "ParentTree": parents, "ParentTreeNextKey": len(texts) + len(links)}
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        for number, page in enumerate(document.Pages.pages):
            page.__Defaults__ = {**page.__Defaults__, "StructParents": number, "Tabs": PDFName("S")}
