"""Formats the parts of a file that fit on one line: expressions, heads of bodies, short bodies."""

from .. import syntax as s


def head(step: s.Repeat | s.For | s.If) -> str:
    """Return the text of a step without its body."""
    match step:
        case s.Repeat():
            return f"repeat {expression(step.count)}"
        case s.For():
            return f"for {', '.join(name.id for name in step.names)} in {expression(step.items)}"
        case s.If():
            return f"if {expression(step.test)}"


def parameters(block: s.Block) -> str:
    """Return the text of the parameters of a block: `(a, b = 1)`."""
    texts = [p.name.id + (f" = {expression(p.default)}" if p.default else "") for p in block.parameters]
    return f"({', '.join(texts)})"


def body_on_one_line(body: s.Stack | s.Settings) -> str | None:
    """Return `{ … }` with one chain or with settings, None if the body cannot be on one line."""
    inner = _stack(body) if isinstance(body, s.Stack) else _settings(body)
    return None if inner is None else f"{{ {inner} }}" if inner else "{ }"


def _stack(body: s.Stack) -> str | None:
    chains = body.chains
    if not chains:
        return ""
    return chain_on_one_line(chains[0]) if len(chains) == 1 and isinstance(chains[0], s.Chain) else None


def _settings(body: s.Settings) -> str | None:
    texts = [
        f"{entry.key.id} = {expression(entry.value)}"
        for entry in body.entries
        if isinstance(entry, s.Setting) and not isinstance(entry.value, s.Settings)
    ]
    return "  ".join(texts) if len(texts) == len(body.entries) else None


def claim(node: s.Claim) -> str:
    """Return the text of a claim, after its label if it has a label."""
    return (f"{node.label.span.text}: " if node.label else "") + expression(node.condition)


def chain_on_one_line(chain: s.Chain) -> str | None:
    """Return the steps of a chain joined by `->`, None if one of the steps cannot be on one line."""
    steps = [step_on_one_line(step) for step in chain.steps]
    texts = [step for step in steps if step is not None]
    return " -> ".join(texts) if len(texts) == len(steps) else None


def step_on_one_line(step: s.Step) -> str | None:
    """Return the text of a step with its body, None if the body cannot be on one line."""
    match step:
        case s.Layer(body=None):
            return layer(step)
        case s.Layer():
            assert step.body
            body = body_on_one_line(step.body)
            named = f" {tap(step.tap)}" if step.tap else ""
            return None if body is None else f"{call(step)} {body}{named}"
        case s.Repeat() | s.For():
            body = body_on_one_line(step.body)
            return None if body is None else f"{head(step)} {body}"
    body = body_on_one_line(step.body)
    if step.otherwise is None or body is None:
        return None if body is None else f"{head(step)} {body}"
    nested = isinstance(step.otherwise, s.If)
    other = step_on_one_line(step.otherwise) if nested else body_on_one_line(step.otherwise)  # type: ignore[arg-type]
    return None if other is None else f"{head(step)} {body} else {other}"


def layer(step: s.Layer) -> str:
    """Return the text of a layer without a body: `name(arguments) as tap`."""
    return call(step) + (f" {tap(step.tap)}" if step.tap else "")


def call(step: s.Layer) -> str:
    """Return `name(arguments)`, or only `name` if there are no arguments."""
    return step.name.id + (arguments(step.arguments) if step.arguments else "")


def tap(tap: s.Tap) -> str:
    """Return the text of a tap: `as name` or `as name[index]`."""
    return f"as {tap.name.id}" + (f"[{expression(tap.index)}]" if tap.index else "")


def arguments(given: tuple[s.Argument, ...]) -> str:
    """Return the text of arguments: `(value, name = value)`."""
    texts = [(f"{a.name.id} = " if a.name else "") + expression(a.value) for a in given]
    return f"({', '.join(texts)})"


def expression(node: s.Expression) -> str:
    """Return the text of an expression. Numbers and strings keep their spelling in the source."""
    match node:
        case s.Number() | s.Size() | s.String() | s.Constant() | s.Name():
            return node.span.text
        case s.Unary():
            space = " " if node.operator == "not" else ""
            return f"{node.operator}{space}{expression(node.operand)}"
        case s.Binary():
            return f"{expression(node.left)} {node.operator} {expression(node.right)}"
        case s.Comparison():
            return expression(node.first) + "".join(f" {sign} {expression(item)}" for sign, item in node.rest)
        case s.Conditional():
            return f"{expression(node.then)} if {expression(node.test)} else {expression(node.otherwise)}"
        case s.Index():
            return f"{expression(node.value)}[{expression(node.index)}]"
        case s.Group():
            return f"({expression(node.inner)})"
        case s.Call():
            return node.name.id + arguments(node.arguments) if node.arguments else f"{node.name.id}()"
        case s.Sequence():
            items = ", ".join(expression(item) for item in node.items)
            comma = "," if node.brackets == "()" and len(node.items) == 1 else ""
            return node.brackets[0] + items + comma + node.brackets[1]
