"""Files that are whole or not there: the commands that leave results come here."""

from collections.abc import Callable, Mapping
from pathlib import Path

from mapping.adapters.kinds import refused


def written_whole(files: Mapping[Path, Callable[[Path], object]]) -> None:
    """Each file written beside its place, then all put there: one that is cut short never is.

    Each is written by its function, which is told where. The last of `files` is put in place last.
    Raises UnusableFileError, with what is wrong and what to do, where one cannot be written.
    """
    parts = {out: out.with_name(f".{out.name}.part{out.suffix}") for out in files}
    try:
        for out, write in files.items():
            write(parts[out])
        for out, part in parts.items():
            part.replace(out)
    except OSError as exc:
        where = str(exc.filename2 or exc.filename or next(iter(files)))
        raise refused(where, f"cannot be written ({exc.strerror})", "Choose another place.") from exc
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
