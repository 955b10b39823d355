// A model of decisions and what they need: other decisions, data, knowledge, services.
import { evaluateBox, makeFunction } from "./boxed.js";
import { Failure, within } from "./failures.js";
import { conform, fromData } from "./types.js";

const models = new Map();
const kept = 64;

export function remember(key, model) {
  models.delete(key);
  models.set(key, model);
  if (models.size > kept) models.delete(models.keys().next().value);
}

export function decide(key, decision, data) {
  const model = models.get(key);
  if (!model) throw new Failure("unknown_model");
  return new Run(model, data).valueOf(decision);
}

// One question put to a model: every decision is made at most once.
class Run {
  constructor(model, data, made = new Map()) {
    this.model = model;
    this.data = data;
    this.made = made;
    this.open = new Set();
  }

  valueOf(id) {
    if (this.made.has(id)) return this.made.get(id);
    if (this.model.services[id]) return this.valueOfService(this.model.services[id]);
    const decision = this.model.decisions[id];
    if (!decision) throw new Failure("unknown_decision", { name: id });
    const value = within({ decision: decision.name }, () => this.once(id, () => this.make(decision)));
    this.made.set(id, value);
    return value;
  }

  once(id, work) {
    if (this.open.has(id)) throw new Failure("cyclic_requirement");
    this.open.add(id);
    const result = work();
    this.open.delete(id);
    return result;
  }

  make(decision) {
    const value = evaluateBox(decision.logic, this.scopeOf(decision), this.model.types);
    return conform(value, decision.type, this.model.types);
  }

  scopeOf({ requires }) {
    const scope = { ...this.data, ...this.inputs(requires.inputs) };
    for (const id of requires.decisions) {
      const { name, title } = this.model.decisions[id] ?? {};
      scope[id] = scope[title ?? id] = scope[name ?? id] = this.valueOf(id);
    }
    return Object.assign(scope, this.knowledge(requires.knowledge));
  }

  inputs(ids) {
    const known = ids.map((id) => this.model.inputs[id]).filter(Boolean);
    return Object.fromEntries(known.map((input) => [input.name, this.inputValue(input)]));
  }

  inputValue({ name, type }) {
    const { types } = this.model;
    const value = this.data[name] ?? null;
    return within({ input: name }, () => conform(fromData(value, type, types), type, types));
  }

  knowledge(ids) {
    return Object.fromEntries(ids.flatMap((id) => this.functionOf(id)));
  }

  functionOf(id) {
    const service = this.model.services[id];
    if (service) return [[service.name, this.serviceFunction(service)]];
    const known = this.model.knowledge[id];
    if (!known) return [];
    return this.once(id, () => {
      const { now, today } = this.data;
      const scope = { now, today, ...this.knowledge(known.requires.knowledge) };
      const body = known.kind === "external" ? { kind: "external" } : known.body;
      const run = makeFunction(known.parameters, body, scope, this.model.types, known.name);
      const typed = (...values) => conform(run(...values), known.type, this.model.types);
      return [[known.name, Object.assign(typed, { $args: run.$args })]];
    });
  }

  valueOfService(service) {
    const results = service.outputs.map((id) => [this.model.decisions[id].name, this.valueOf(id)]);
    const value = results.length === 1 ? results[0][1] : Object.fromEntries(results);
    return conform(value, service.type, this.model.types);
  }

  // What a service is given stands for its input decisions and input data; the rest it works out anew.
  serviceFunction(service) {
    const { decisions, inputs } = this.model;
    const decided = service.inputDecisions.map((id) => ({ id, name: decisions[id].name }));
    const given = service.inputData.map((id) => inputs[id]);
    const run = (...values) => {
      const data = { now: this.data.now, today: this.data.today };
      given.forEach(({ name }, index) => (data[name] = values[index] ?? null));
      const made = new Map(decided.map(({ id }, index) => [id, values[given.length + index] ?? null]));
      return new Run(this.model, data, made).valueOfService(service);
    };
    return Object.assign(run, { $args: [...given, ...decided].map(({ name }) => name) });
  }
}
