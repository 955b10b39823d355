// Values of FEEL as plain data: dates, times and durations become ISO texts.
import { FeelDate, FeelDateTime, FeelDuration, FeelFunction, FeelRange, FeelTime } from "feelin";
import { Failure } from "./failures.js";

const deepest = 100;

export function toData(value, depth = 0) {
  if (depth > deepest) throw new Failure("too_deep");
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return finite(value);
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((item) => toData(item, depth + 1));
  if (value instanceof FeelDateTime) return withOffset(value);
  if (value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDuration) return value.iso;
  if (value instanceof FeelRange) throw new Failure("not_data", { kind: "range" });
  if (typeof value === "function" || value instanceof FeelFunction) {
    throw new Failure("not_data", { kind: "function" });
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toData(item, depth + 1)]));
}

function finite(number) {
  if (!Number.isFinite(number)) throw new Failure("not_a_number");
  return number;
}

// ISO 8601 knows offsets only: the name of a zone is resolved for the day in question.
function withOffset(moment) {
  if (moment.zone === null || !/[A-Za-z]/.test(moment.zone) || moment.iso.endsWith("Z")) return moment.iso;
  const offset = moment["time offset"].unwrap().total({ unit: "minutes" });
  const pad = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${moment.unwrap().toString()}${offset < 0 ? "-" : "+"}${pad(hours)}:${pad(minutes)}`;
}
