"""Reading and writing the JSON files of a run folder."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from ...compiler.json_document import JsonDocument
from ...grammar.source import Source
from .atomic import write_text
from .file_errors import read_file, refuse_file, refuse_newer

SHOWN = 5  # the number of wrong keys that are listed

D = TypeVar("D", bound=JsonDocument)


def write_document(path: Path, document: JsonDocument) -> None:
    """Write a JSON file atomically."""
    write_text(path, json.dumps(document.as_data(), indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def read_document(path: Path, cls: type[D]) -> D:
    """Read a JSON file that `write_document` wrote. A file without a schema version has version 1.

    Raises:
        LabError: if the file is missing, is not JSON, was written by a newer version of labc, or has wrong content.
    """
    source = read_file(path)
    data = _parse(source)
    version = data.get("schema", 1)
    if type(version) is not int:
        refuse_file(source, f"has a wrong schema version: it must be an integer, but is {json.dumps(version)}")
    if version > cls.schema_version:
        refuse_newer(source, version, cls.schema_version)
    try:
        return cls.model_validate_json(source.text, strict=True)
    except ValidationError as error:
        refuse_file(source, "has missing or wrong keys", notes=tuple(_wrong_keys(error)))


def _parse(source: Source) -> dict[str, object]:
    try:
        data = json.loads(source.text)
    except json.JSONDecodeError as error:
        refuse_file(source, f"is not valid JSON: {error.msg}", error.pos)
    except (ValueError, RecursionError):  # a number is too long for Python, or the nesting is too deep
        refuse_file(source, "is not valid JSON")
    if not isinstance(data, dict):
        refuse_file(source, "must be a JSON object, but is another JSON value")
    return data


def _wrong_keys(error: ValidationError) -> Iterator[str]:
    """Return one line for each of the first wrong keys, for example `device.kind: Field required`."""
    errors = error.errors(include_url=False, include_input=False)
    for one in errors[:SHOWN]:
        yield ": ".join(filter(None, (".".join(map(str, one["loc"])), one["msg"])))
    if len(errors) > SHOWN:
        yield f"and {len(errors) - SHOWN} more"
