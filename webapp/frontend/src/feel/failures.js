// Why an expression or a decision has no value: a code and values, put into words by the reader's side.
import { SyntaxError as FeelSyntaxError } from "feelin";

export class Failure extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }

  // Say where it happened; the innermost place wins.
  at(place) {
    this.values = { ...place, ...this.values };
    return this;
  }
}

export function explain(error, text = "") {
  if (error instanceof Failure) return error;
  if (error instanceof FeelSyntaxError) return syntaxFailure(error, text || "");
  const message = String(error?.message ?? error);
  if (error instanceof RangeError) {
    return new Failure(/string length|array length/i.test(message) ? "too_large" : "too_deep");
  }
  if (message.startsWith("unsupported range")) {
    return new Failure("cannot_compare", { values: message.slice("unsupported range: ".length) });
  }
  return new Failure("cannot_evaluate", { detail: message });
}

function syntaxFailure(error, text) {
  const { from, to } = error.position;
  const near = text.slice(from, Math.max(to, from + 20)).trim();
  if (!near) return new Failure("ends_too_early");
  return new Failure("does_not_parse", { position: Array.from(text.slice(0, from)).length + 1, near });
}

// Run `work`; whatever goes wrong in it is a Failure that says where.
export function within(place, work) {
  try {
    return work();
  } catch (error) {
    throw explain(error).at(place);
  }
}
