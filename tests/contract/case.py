"""A layer with arguments and an input shape, as labc and as Keras take it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras
from hypothesis import strategies as st

from labc.compiler.expressions.values import Word, show
from labc.compiler.layers import LAYERS
from labc.compiler.layers.base import class_for

from .drawn_arguments import DRAWN, SHAPE, Shape
from .keras_arguments import TRANSLATIONS, Values, renamed


@dataclass(frozen=True)
class Case:
    """A layer with some of its arguments, for an input of some shape."""

    word: str
    given: Values
    shape: Shape

    @staticmethod
    @st.composite
    def drawn(draw: Callable[[st.SearchStrategy[Any]], Any], word: str) -> "Case":
        """Cases of a layer: its required arguments, some of the others, any shape."""
        fields = LAYERS[word].model_fields
        given = {
            name: draw(values)
            for name, values in DRAWN[word].items()
            if fields[name].is_required() or draw(st.booleans())
        }
        return Case(word, given, draw(SHAPE))

    @property
    def step(self) -> str:
        """The layer as the language writes it."""
        texts = {name: show(Word(value) if isinstance(value, str) else value) for name, value in self.given.items()}
        return f"{self.word}({', '.join(f'{name} = {text}' for name, text in texts.items())})"

    def keras_arguments(self) -> Values:
        """The arguments by Keras's names, labc's defaults filled in."""
        defaults = {name: field.default for name, field in LAYERS[self.word].model_fields.items()}
        return TRANSLATIONS.get(self.word, renamed())(defaults | self.given, len(self.shape) - 1)

    def made_by_keras(self) -> Any:
        """The layer that Keras makes, built for the shape; None if Keras refuses the arguments or the shape."""
        cls = getattr(keras.layers, class_for(LAYERS[self.word].keras_class, len(self.shape) - 1), None)
        if cls is None:  # there is none for so many axes
            return None
        try:
            layer = cls(**self.keras_arguments())
            layer(keras.Input(self.shape))
            layer(keras.ops.zeros((1, *self.shape)))  # some cases are only refused when the layer computes
        except Exception:
            return None
        return layer
