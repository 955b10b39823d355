// What a typeRef of DMN asks of a value, and the few conversions it brings.
import { FeelDate, FeelDateTime, FeelDuration, FeelFunction, FeelTime, date, dateAndTime, duration, time } from "feelin";
import { Failure } from "./failures.js";
import { testText } from "./texts.js";

const isDuration = (value, yearsMonths) => value instanceof FeelDuration && value.yearsMonths === yearsMonths;
const parsedAs = (parse, is) => (text) => {
  const value = parse(text);
  return is(value) ? value : null;
};

const kinds = {
  number: { is: (value) => typeof value === "number", parse: (text) => parseNumber(text) },
  string: { is: (value) => typeof value === "string", parse: (text) => text },
  boolean: {
    is: (value) => typeof value === "boolean",
    parse: (text) => ({ true: true, false: false })[text] ?? null,
  },
  date: { is: (value) => value instanceof FeelDate, parse: parsedAs(date, (value) => value instanceof FeelDate) },
  time: { is: (value) => value instanceof FeelTime, parse: time },
  "date and time": { is: (value) => value instanceof FeelDateTime, parse: dateAndTime },
  "days and time duration": {
    is: (value) => isDuration(value, false),
    parse: parsedAs(duration, (value) => isDuration(value, false)),
  },
  "years and months duration": {
    is: (value) => isDuration(value, true),
    parse: parsedAs(duration, (value) => isDuration(value, true)),
  },
};

const otherNames = {
  integer: "number", long: "number", double: "number", decimal: "number",
  dateTime: "date and time",
  dayTimeDuration: "days and time duration",
  yearMonthDuration: "years and months duration",
};

function parseNumber(text) {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)\s*$/.test(text) ? Number(text) : null;
}

function kindOf(typeRef, types) {
  const item = types[typeRef];
  if (item && !item.components && !item.collection && item.type) return kindOf(item.type, types);
  return kinds[otherNames[typeRef] ?? typeRef];
}

// Texts that arrive as data become what the model says they are; what does not read so stays a text.
export function fromData(value, typeRef, types) {
  const item = types[typeRef];
  if (Array.isArray(value)) return value.map((element) => fromData(element, item?.type ?? typeRef, types));
  if (item?.components && isContext(value)) {
    const typed = item.components.map(({ name, type }) => [name, fromData(value[name] ?? null, type, types)]);
    return { ...value, ...Object.fromEntries(typed) };
  }
  if (typeof value !== "string") return value;
  return kindOf(typeRef, types)?.parse(value) ?? value;
}

function isContext(value) {
  return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}

// Return the value as the type wants it (singletons and dates are adapted), or fail.
export function conform(value, typeRef, types) {
  if (value === null || value === undefined || !typeRef) return value ?? null;
  const item = types[typeRef];
  if (!item) return conformBuiltin(value, typeRef);
  if (item.returns !== null) return typeof value === "function" ? value : conform(value, item.returns, types);
  return conformItem(value, item, types);
}

function conformItem(value, item, types) {
  if (item.collection) {
    const list = Array.isArray(value) ? value : [value];
    return list.map((element) => conformItem(element, { ...item, collection: false }, types));
  }
  const only = Array.isArray(value) && value.length === 1 && !types[item.type]?.collection ? value[0] : value;
  const conformed = item.components ? conformContext(only, item, types) : conform(only, item.type, types);
  const isAllowed = conformed === null || !item.allowed || testText(item.allowed, {}, conformed);
  if (!isAllowed) throw new Failure("value_not_allowed", { value: inWords(conformed), allowed: item.allowed });
  return conformed;
}

function conformContext(value, item, types) {
  const isComplete = isContext(value) && item.components.every(({ name }) => value[name] !== undefined);
  if (!isComplete) throw wrongType(value, item.name);
  const entries = item.components.map((each) => [each.name, conformComponent(value[each.name], each, types)]);
  return { ...value, ...Object.fromEntries(entries) };
}

function conformComponent(value, component, types) {
  return value === null ? null : conformItem(value, component, types);
}

// What a function is given in the wrong type is null to it, as DMN has it.
export function conformOrNull(value, typeRef, types) {
  try {
    return conform(value, typeRef, types);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

function conformBuiltin(value, typeRef) {
  const kind = kinds[otherNames[typeRef] ?? typeRef];
  if (!kind || kind.is(value)) return value;
  if (Array.isArray(value) && value.length === 1) return conformBuiltin(value[0], typeRef);
  if (value instanceof FeelDate && kind === kinds["date and time"]) return dateAndTime(`${value.iso}T00:00:00Z`);
  throw wrongType(value, typeRef);
}

function wrongType(value, typeRef) {
  return new Failure("wrong_type", { expected: typeRef, value: inWords(value) });
}

export function inWords(value) {
  if (value instanceof FeelFunction || typeof value === "function") return "function";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
