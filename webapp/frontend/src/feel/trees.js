// The syntax tree the interpreter itself would walk, as nested lists: [kind, text] or [kind, [children]].
import { evaluate, unaryTest } from "feelin";
import { parser, trackVariables } from "lezer-feel";
import { Failure, explain } from "./failures.js";

const deepest = 250;

// A name is one leaf, put together the way the interpreter does it.
const names = new Set(["VariableName", "PathName", "Name", "ParameterName", "PropertyName"]);
const parts = new Set(["Identifier", "PropertyIdentifier", "Name"]);

export function syntaxTree(text, context, unary) {
  const known = unary ? { ...context, "?": context["?"] ?? null } : context;
  const top = unary ? "UnaryTests" : "Expression";
  const tree = parser.configure({ top, contextTracker: trackVariables(known) }).parse(text);
  const stack = [[]];
  tree.iterate({
    enter(node) {
      if (node.type.isError) throw complain(text, known, unary);
      if (node.type.isSkipped) return false;
      if (stack.length > deepest) throw new Failure("too_deep");
      stack.push([]);
      return true;
    },
    leave(node) {
      if (node.type.isSkipped) return;
      const children = stack.pop();
      stack.at(-1).push(toList(node.name, text.slice(node.from, node.to), children));
    },
  });
  return stack[0].at(-1);
}

function toList(kind, text, children) {
  if (names.has(kind)) {
    const isPlain = children.every(([child]) => parts.has(child));
    const name = children.map(([, part]) => part).join(" ");
    return [isPlain ? kind : `Odd${kind}`, name, kind === "VariableName" && isBuiltin(name)];
  }
  // The sign of a negative number belongs to its text.
  return [kind, children.length && kind !== "NumericLiteral" ? children : text];
}

// The interpreter's own complaint, so that a check and a run say the same.
function complain(text, context, unary) {
  try {
    (unary ? unaryTest : evaluate)(text, context);
  } catch (error) {
    return explain(error, text);
  }
  return new Failure("does_not_parse", { position: 1, near: text.slice(0, 20) });
}

const builtins = new Map();

function isBuiltin(name) {
  if (!builtins.has(name)) builtins.set(name, looksBuiltin(name));
  return builtins.get(name);
}

function looksBuiltin(name) {
  try {
    return evaluate(name).value !== null;
  } catch {
    return true;
  }
}
