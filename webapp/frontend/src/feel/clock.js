// now() and today() answer with the instant they are given: the sandbox never reads a clock.
import { FeelDate, dateAndTime } from "feelin";

export function makeClock(instant) {
  const moment = dateAndTime(instant);
  return {
    now: Object.assign(() => moment, { $args: [] }),
    today: Object.assign(() => new FeelDate(moment.unwrap().toPlainDate()), { $args: [] }),
  };
}
