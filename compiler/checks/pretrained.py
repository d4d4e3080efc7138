"""Networks trained on ImageNet, against the images that they see."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ..layers import Backbone
from ..model.graph import Graph, Node, decides_range
from ..sections import Data, Train


def check_backbones(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """ImageNet's weights get images in a known range, so that they can be prepared as in the network's training."""
    del train
    nodes = graph.nodes if graph else ()
    seen = set()
    for node in nodes:
        layer = node.layer
        if isinstance(layer, Backbone) and layer.weights == "imagenet" and layer.top is None and node.span not in seen:
            seen.add(node.span)  # in a loop it comes again
            yield _no_range(layer, node, decides_range(nodes, node.inputs[0]), data)


def check_trained(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """A network either has been trained, or trains."""
    del data, train
    nodes = graph.nodes if graph else ()
    idle = {node.span: node for node in nodes if isinstance(node.layer, Backbone) and not node.trainable}
    for span, node in idle.items():
        if isinstance(node.layer, Backbone) and node.layer.weights == "none":
            message = f"`{node.layer.name}` has random weights and does not train"
            help = "take it out of `frozen`" if node.frozen else "write `trainable = true`"
            yield Diagnostic(Code.UNTRAINED, message, span, help=f"{help}, or give it weights")


def _no_range(layer: Backbone, node: Node, changer: Node | None, data: Data | None) -> Diagnostic:
    """The diagnostic of a network whose input has no fixed range: because of a layer before it, or of `scale`."""
    subject = f"`{layer.name}` with ImageNet's weights needs the image's own values"
    if changer:
        label = Label(changer.span, "the values are changed here")
        message = f"{subject}, and `{changer.layer.word()}` computes others from them"
        help = "put `backbone` first, or train it anew: `weights = none, trainable = true`"
    else:
        assert data
        label = Label(data.place("scale"), "the scale is set here")
        message = f"{subject}, and `scale = {data.scale}` has no fixed range"
        help = "use `scale = unit`, the default: the network's own preparation comes on top of it"
    return Diagnostic(Code.IMAGE_RANGE, message, node.span, help=help, labels=(label,))
