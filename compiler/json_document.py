"""Base classes of the JSON files that labc writes and reads again."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


class JsonObject(BaseModel):
    """An object in a JSON file.

    A field without a default is always written. A field with one is an optional key, left out where it has its default.
    Unknown keys are ignored when reading, so that adding an optional key needs no new schema version.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)


class JsonDocument(JsonObject):
    """A whole JSON file, written and read by the same class.

    Raise `schema_version` when a key is removed or changes its meaning, or when a required key is added.
    """

    schema_version: ClassVar[int] = 1

    def as_data(self) -> dict[str, Any]:
        """The file as data for `json.dumps`, its schema version first."""
        return {"schema": self.schema_version, **self.model_dump(mode="json", exclude_defaults=True)}
