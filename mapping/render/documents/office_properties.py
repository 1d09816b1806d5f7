"""What an Office file says of itself: whose it is, what it is, and the day it is of."""

import datetime
from typing import TYPE_CHECKING, Final

from mapping.render.documents.model import Document
from mapping.render.documents.wording import short

if TYPE_CHECKING:
    from docx.opc.coreprops import CoreProperties
    from pptx.parts.coreprops import CorePropertiesPart

LONGEST: Final = 255
"""Characters that a property holds."""


def tell(properties: "CoreProperties | CorePropertiesPart", document: Document, *, title: str) -> None:
    """Nothing: `properties` are those of `document`, of its own day, and name no program."""
    about = document.about
    told = {
        "title": title,
        "subject": document.subtitle,
        "author": document.owner,
        "last_modified_by": document.owner,
        "keywords": "; ".join(about.licences),
        "comments": " ".join(about.attributions),
        "language": document.language,
    }
    for name, text in told.items():
        setattr(properties, name, short(text, LONGEST))
    properties.created = properties.modified = datetime.datetime.combine(document.date, datetime.time(12))
    properties.revision = 1
