"""Check the input and the weights of `backbone` networks."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..layers import Backbone
from ..model.graph import Graph, Node, find_activation
from ..sections import Data, Train


def check_backbones(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report a backbone with ImageNet weights whose input has no known range: it could not be preprocessed."""
    del train
    seen = set()  # a loop makes several nodes with the same span
    for node in graph.nodes if graph else ():
        layer = node.layer
        if not isinstance(layer, Backbone) or layer.weights != "imagenet" or node.span in seen:
            continue
        assert graph
        if graph.image_max_at(node.inputs[0]) is None:
            seen.add(node.span)
            yield _no_range(layer, node, find_activation(graph.nodes, node.inputs[0]), data)


def check_trained(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Warn about a backbone that has random weights and is not trained: its output is of little use."""
    del data, train
    nodes = graph.nodes if graph else ()
    idle = {node.span: node for node in nodes if isinstance(node.layer, Backbone) and not node.trainable}
    for span, node in idle.items():
        if isinstance(node.layer, Backbone) and node.layer.weights == "none":
            message = f"`{node.layer.name}` has random weights and is not trained"
            help = "take `backbone` out of `frozen`" if node.frozen else "write `trainable = true`"
            yield Diagnostic(Code.UNTRAINED, message, span, help=f"{help}, or use `weights = imagenet`")


def _no_range(layer: Backbone, node: Node, changer: Node | None, data: Data | None) -> Diagnostic:
    """Return the diagnostic for an input without a fixed range: a layer before the network or `scale` is the cause."""
    subject = f"`{layer.name}` with ImageNet weights needs"
    if changer:
        label = Label(changer.span, "the values are changed here")
        message = f"{subject} the original values of the image, but `{changer.layer.word()}` changes them"
        help = "place `backbone` first, or train it from scratch: `weights = none, trainable = true`"
    else:
        assert data
        label = Label(data.place("scale"), "the scale is set here")
        message = f"{subject} images with a fixed range of values, but `scale = {data.scale}` gives no fixed range"
        help = "use `scale = unit`, the default: `backbone` then converts the images for its network"
    return Diagnostic(Code.IMAGE_RANGE, message, node.span, help=help, labels=(label,))
