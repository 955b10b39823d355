// The boxes DMN draws around expressions: contexts, lists, relations, invocations, functions, loops.
import { FeelFunction } from "feelin";
import { Failure, within } from "./failures.js";
import { evaluateTable } from "./tables.js";
import { evaluateText } from "./texts.js";
import { conform, conformOrNull } from "./types.js";

export function evaluateBox(box, scope, types) {
  if (!box) return null;
  return conform(boxes[box.kind](box, scope, types), box.type, types);
}

const boxes = {
  literal: ({ text }, scope) => (text === "" ? null : evaluateText(text, scope).value),
  table: (table, scope, types) => evaluateTable(table, scope, types),
  list: ({ items }, scope, types) => items.map((item) => evaluateBox(item, scope, types)),
  relation: ({ columns, rows }, scope, types) => rows.map((row) => evaluateRow(columns, row, scope, types)),
  context: evaluateContext,
  invocation: invoke,
  function: ({ parameters, body }, scope, types) => makeFunction(parameters, body, scope, types),
  unknown: ({ name }) => {
    throw new Failure("unknown_box", { kind: name });
  },
  external: () => {
    throw new Failure("external_function");
  },
  conditional: ({ test, then, otherwise }, scope, types) =>
    evaluateBox(evaluateBox(test, scope, types) === true ? then : otherwise, scope, types),
  filter: evaluateFilter,
  for: ({ variable, over, body }, scope, types) => {
    const partial = [];
    for (const item of listOf(over, scope, types)) {
      partial.push(evaluateBox(body, { ...scope, [variable]: item, partial: [...partial] }, types));
    }
    return partial;
  },
  every: (box, scope, types) => quantify(box, scope, types).every((result) => result === true),
  some: (box, scope, types) => quantify(box, scope, types).some((result) => result === true),
};

function evaluateRow(columns, row, scope, types) {
  return Object.fromEntries(columns.map(({ name }, index) => [name, evaluateBox(row[index], scope, types)]));
}

function evaluateContext({ entries, result }, scope, types) {
  const inner = { ...scope };
  const made = {};
  for (const { name, type, value } of entries) {
    made[name] = inner[name] = within({ entry: name }, () => conform(evaluateBox(value, inner, types), type, types));
  }
  return result ? evaluateBox(result, inner, types) : made;
}

// A function may call itself by the name it is given in its own scope.
export function makeFunction(parameters, body, scope, types, name = null) {
  const $args = parameters.map((parameter) => parameter.name);
  const run = (...values) => {
    const given = parameters.map((parameter, index) => [
      parameter.name,
      conformOrNull(values[index] ?? null, parameter.type, types),
    ]);
    return evaluateBox(body, { ...scope, ...(name ? { [name]: run } : {}), ...Object.fromEntries(given) }, types);
  };
  return Object.assign(run, { $args });
}

function invoke({ called, bindings }, scope, types) {
  const target = evaluateBox(called, scope, types);
  const given = Object.fromEntries(bindings.map(({ name, value }) => [name, evaluateBox(value, scope, types)]));
  const names = target instanceof FeelFunction ? target.parameterNames : target?.$args;
  if (!names) throw new Failure("not_a_function", { name: called?.text ?? "" });
  const odd = Object.keys(given).find((name) => !names.includes(name));
  if (odd !== undefined) throw new Failure("unknown_parameter", { name: odd });
  const values = names.map((name) => given[name] ?? null);
  return target instanceof FeelFunction ? target.fn(...values) : target(...values);
}

function evaluateFilter({ over, match }, scope, types) {
  return listOf(over, scope, types).filter(
    (item) => evaluateBox(match, { ...scope, ...(Object(item) === item ? item : {}), item }, types) === true,
  );
}

function quantify({ variable, over, body }, scope, types) {
  return listOf(over, scope, types).map((item) => evaluateBox(body, { ...scope, [variable]: item }, types));
}

function listOf(box, scope, types) {
  const value = evaluateBox(box, scope, types);
  return Array.isArray(value) ? value : value === null ? [] : [value];
}
