"""Networks trained on ImageNet, against the range of their input images."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..layers import Backbone
from ..model.graph import Graph, Node, find_activation
from ..sections import Data, Train


def check_backbones(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """With ImageNet's weights the input must be in a known range, so that it can be preprocessed for them."""
    del train
    seen = set()  # a loop repeats the same place
    for node in graph.nodes if graph else ():
        layer = node.layer
        if not isinstance(layer, Backbone) or layer.weights != "imagenet" or node.span in seen:
            continue
        assert graph
        if graph.image_max_at(node.inputs[0]) is None:
            seen.add(node.span)
            yield _no_range(layer, node, find_activation(graph.nodes, node.inputs[0]), data)


def check_trained(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """A network has weights from a training, or is trained."""
    del data, train
    nodes = graph.nodes if graph else ()
    idle = {node.span: node for node in nodes if isinstance(node.layer, Backbone) and not node.trainable}
    for span, node in idle.items():
        if isinstance(node.layer, Backbone) and node.layer.weights == "none":
            message = f"`{node.layer.name}` has random weights and is not trained"
            help = "take it out of `frozen`" if node.frozen else "write `trainable = true`"
            yield Diagnostic(Code.UNTRAINED, message, span, help=f"{help}, or give it weights")


def _no_range(layer: Backbone, node: Node, changer: Node | None, data: Data | None) -> Diagnostic:
    """The diagnostic for an input without a fixed range, due to a layer before the network or to `scale`."""
    subject = f"`{layer.name}` with ImageNet's weights needs the values of the image"
    if changer:
        label = Label(changer.span, "new values are computed here")
        message = f"{subject}, and `{changer.layer.word()}` computes new values from them"
        help = "place `backbone` first, or train it from scratch: `weights = none, trainable = true`"
    else:
        assert data
        label = Label(data.place("scale"), "the scale is set here")
        message = f"{subject} in a fixed range, which `scale = {data.scale}` does not give"
        help = "use `scale = unit`, the default; the network's own preprocessing is applied after it"
    return Diagnostic(Code.IMAGE_RANGE, message, node.span, help=help, labels=(label,))
