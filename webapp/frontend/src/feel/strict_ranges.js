// The library orders any two values as JavaScript does, so that 5 <= "abc" would be true.
// In FEEL values of different types cannot be compared: the answer is null.
import { FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime } from "feelin";

const ordered = [
  [FeelDate, "date"],
  [FeelTime, "time"],
  [FeelDateTime, "date time"],
  [FeelDuration, "duration"],
];

function kindOf(value) {
  return ordered.find(([type]) => value instanceof type)?.[1] ?? typeof value;
}

const includes = FeelRange.prototype.includes;

FeelRange.prototype.includes = function includesOfItsKind(value) {
  const isComparable =
    value === null ||
    value === undefined ||
    this.valueType === null ||
    value instanceof FeelRange ||
    kindOf(value) === this.valueType;
  return isComparable ? includes.call(this, value) : null;
};
