// What runs in the server's sandbox: one function that takes a question as JSON and answers with JSON.
// It sees no host, no clock and no state but the decisions it was handed; see workflows/engine/feel_sandbox.py.
import { Failure, explain } from "./feel/failures.js";
import { makeClock } from "./feel/clock.js";
import { decide, remember } from "./feel/decisions.js";
import { evaluateText } from "./feel/texts.js";
import { syntaxTree } from "./feel/trees.js";
import { toData } from "./feel/values.js";
import "./feel/strict_ranges.js";

const acts = {
  evaluate({ text, context, now }) {
    const { value, missing } = evaluateText(text, { ...makeClock(now), ...context });
    return { value: toData(value), missing };
  },
  tree({ text, names, unary }) {
    return { tree: syntaxTree(text, names, unary) };
  },
  remember({ key, model }) {
    remember(key, model);
    return {};
  },
  decide({ key, decision, context, now }) {
    return { value: toData(decide(key, decision, { ...makeClock(now), ...context })) };
  },
};

function answer(question) {
  try {
    const { act, ...details } = JSON.parse(question);
    return JSON.stringify(acts[act](details));
  } catch (error) {
    const { code, values } = error instanceof Failure ? error : explain(error);
    return JSON.stringify({ failed: { code, values } });
  }
}

globalThis.feel = Object.freeze({ answer });
