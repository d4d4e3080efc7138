"""Base classes of the JSON files that labc writes and reads."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


class JsonObject(BaseModel):
    """An object in a JSON file.

    A field without a default is always written. A field with a default is not written if it has its default value.
    Unknown keys are ignored when a file is read. Therefore a new optional key needs no new schema version.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)


class JsonDocument(JsonObject):
    """A whole JSON file. The same class writes and reads the file.

    Increment `schema_version` when a key is removed or changes its meaning, or when a required key is added.
    """

    schema_version: ClassVar[int] = 1

    def as_data(self) -> dict[str, Any]:
        """Return the file as data for `json.dumps`, with the schema version as the first key."""
        return {"schema": self.schema_version, **self.model_dump(mode="json", exclude_defaults=True)}
