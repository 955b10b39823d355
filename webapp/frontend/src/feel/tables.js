// A decision table: which rules hit, what they put out, and what the hit policy makes of several.
import { Failure, within } from "./failures.js";
import { evaluateText, testText } from "./texts.js";
import { conform, fromData, inWords } from "./types.js";

export function evaluateTable(table, scope, types) {
  if (!Object.hasOwn(policies, table.policy)) throw new Failure("unknown_hit_policy", { policy: table.policy });
  const inputs = table.inputs.map((input) => within({ input: input.label }, () => inputValue(input, scope, types)));
  const hits = [];
  for (const rule of table.rules) {
    if (!isHit(rule, table, inputs, scope)) continue;
    hits.push({ number: rule.number, values: outputValues(rule, table, scope, types) });
    if (table.policy === "FIRST") break;
  }
  return policies[table.policy](hits, table, scope, types);
}

function inputValue(input, scope, types) {
  const { value, missing } = evaluateText(input.text, scope);
  if (value === null && missing.length) throw new Failure("unknown_name", { name: missing[0] });
  const typed = fromData(value, input.type, types);
  if (typed !== null && input.allowed && !testText(input.allowed, scope, typed)) {
    throw new Failure("value_not_allowed", { value: inWords(typed), allowed: input.allowed });
  }
  return typed;
}

function isHit(rule, table, inputs, scope) {
  return rule.tests.every((test, index) => {
    if (test === "" || test === "-") return true;
    const place = { rule: rule.number, column: table.inputs[index].label };
    return within(place, () => testText(test, scope, inputs[index]));
  });
}

function outputValues(rule, table, scope, types) {
  return table.outputs.map((output, index) =>
    within({ rule: rule.number, column: output.label }, () => outputValue(rule.results[index], output, scope, types)),
  );
}

function outputValue(text, output, scope, types) {
  const value = text === "" || text === "-" ? null : evaluateText(text, scope).value;
  const typed = fromData(value, output.type, types);
  if (typed !== null && output.allowed && !testText(output.allowed, scope, typed)) {
    throw new Failure("value_not_allowed", { value: inWords(typed), allowed: output.allowed });
  }
  return types[output.type] ? conform(typed, output.type, types) : typed;
}

const policies = { UNIQUE: unique, ANY: any, FIRST: single, PRIORITY: priority };
policies["RULE ORDER"] = several;
policies["OUTPUT ORDER"] = (hits, table, ...rest) => several(byPriority(hits, table), table, ...rest);
policies.COLLECT = collect;

function unique(hits, ...rest) {
  if (hits.length > 1) throw new Failure("several_rules", { rules: numbers(hits) });
  return single(hits, ...rest);
}

function any(hits, ...rest) {
  const isAgreed = hits.every(({ values }) => values.every((value, index) => isSame(value, hits[0].values[index])));
  if (!isAgreed) throw new Failure("rules_disagree", { rules: numbers(hits) });
  return single(hits, ...rest);
}

function priority(hits, table, ...rest) {
  return single(byPriority(hits, table), table, ...rest);
}

function single(hits, table, scope, types) {
  return hits.length ? shaped(hits[0].values, table) : defaults(table, scope, types);
}

function several(hits, table, scope, types) {
  if (hits.length) return hits.map(({ values }) => shaped(values, table));
  const standing = defaults(table, scope, types);
  return standing === null ? [] : standing;
}

const aggregations = {
  SUM: (outputs) => evaluateText("sum(outputs)", { outputs }).value,
  MIN: (outputs) => foremost(outputs, "candidate < best"),
  MAX: (outputs) => foremost(outputs, "candidate > best"),
};

// The library's own min and max know numbers and texts only, not dates and durations.
function foremost(outputs, isBetter) {
  return outputs.reduce((best, candidate) => {
    const answer = evaluateText(isBetter, { best, candidate }).value;
    return answer === null ? null : answer ? candidate : best;
  });
}

function collect(hits, table, scope, types) {
  const { aggregation, policy, outputs } = table;
  if (!aggregation) return several(hits, table, scope, types);
  if (aggregation === "COUNT") return hits.length;
  if (!Object.hasOwn(aggregations, aggregation)) throw new Failure("unknown_aggregation", { aggregation, policy });
  if (outputs.length > 1) throw new Failure("aggregation_of_several", { aggregation, count: outputs.length });
  if (!hits.length) return defaults(table, scope, types);
  const value = aggregations[aggregation](hits.map(({ values }) => values[0]));
  if (value === null) throw new Failure("cannot_aggregate", { aggregation, rules: numbers(hits) });
  return value;
}

function defaults(table, scope, types) {
  if (!table.outputs.some((output) => output.standing)) return null;
  const values = table.outputs.map((output) =>
    within({ column: output.label }, () => outputValue(output.standing ?? "", output, scope, types)),
  );
  return shaped(values, table);
}

function shaped(values, table) {
  if (table.outputs.length === 1) return values[0];
  return Object.fromEntries(table.outputs.map((output, index) => [output.name, values[index]]));
}

// The place of a value in its column's list of output values; columns to the left weigh more.
function byPriority(hits, table) {
  const ranks = table.outputs.map((output) => (output.allowed ? evaluateText(`[${output.allowed}]`, {}).value : []));
  if (!ranks.some((values) => values.length)) throw new Failure("no_output_values", { policy: table.policy });
  const rank = ({ values }) => values.map((value, index) => place(value, ranks[index]));
  const inOrder = (left, right) => left.map((value, index) => value - right[index]).find(Boolean) ?? 0;
  return [...hits].sort((left, right) => inOrder(rank(left), rank(right)));
}

function place(value, values) {
  const index = values.findIndex((candidate) => isSame(candidate, value));
  return index < 0 ? values.length : index;
}

function isSame(left, right) {
  return evaluateText("left = right", { left, right }).value === true;
}

function numbers(hits) {
  return hits.map(({ number }) => number);
}
