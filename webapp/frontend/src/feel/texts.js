// The two ways to run a text: as an expression, and as the tests in a cell of a table.
import { evaluate, unaryTest } from "feelin";
import { explain } from "./failures.js";

export function evaluateText(text, scope) {
  try {
    const { value, warnings } = evaluate(text, scope);
    return { value: value === undefined ? null : value, missing: missingNames(warnings, text) };
  } catch (error) {
    throw explain(error, text);
  }
}

export function testText(text, scope, value) {
  try {
    return unaryTest(text, { ...scope, "?": value }).value === true;
  } catch (error) {
    throw explain(error, text);
  }
}

const absences = new Set(["NO_VARIABLE_FOUND", "NO_CONTEXT_ENTRY_FOUND", "NO_PROPERTY_FOUND"]);

function missingNames(warnings, text) {
  const absent = warnings.filter((warning) => absences.has(warning.type));
  return [...new Set(absent.map(({ position }) => text.slice(position.from, position.to)))];
}
