"""Errors a reader of the page may see: each message says what happened and what to do."""


class MappingError(Exception):
    """Base of every error whose message is fit for the page."""


class SourceMissingError(MappingError, FileNotFoundError):
    """A table the atlas needs is not where it should be."""


class SourceChangedError(MappingError, ValueError):
    """A source has other columns or values than the atlas was built for."""


class ServiceError(MappingError, OSError):
    """A publisher's server could not be reached, or gave something else than the file."""


class VintageError(MappingError, ValueError):
    """Figures of one vintage of areas met areas of another."""


class CrsError(MappingError, ValueError):
    """A layer is not in the coordinate reference system the function measures in."""


class UnusableFileError(MappingError, ValueError):
    """A file someone brought cannot be used as a whole; nothing of it was stored."""


class UnusableWeightsError(MappingError, ValueError):
    """Weights that the domains of deprivation cannot be added up with."""


class UnknownAreaError(MappingError, LookupError):
    """A council, edition or geography that the atlas does not hold."""


class AttributionError(MappingError, ValueError):
    """Facts would leave without the sentence that their licence asks for."""


class UnknownColumnError(MappingError, LookupError):
    """A column was asked for that the table does not have."""


class UnusableQuestionError(MappingError, ValueError):
    """A question about gaps that cannot be asked: no such category, or a number out of bounds."""
