// @ts-check
// Days and moments in the language of the page.

import { fill, strings } from "./elements.js";

const dates = new Intl.DateTimeFormat(strings.language, { dateStyle: "long", timeZone: "UTC" });

export const weekdates = new Intl.DateTimeFormat(strings.language, { dateStyle: "full", timeZone: "UTC" });
export const moments = new Intl.DateTimeFormat(strings.language, { dateStyle: "medium", timeStyle: "short" });
export const shortDates = new Intl.DateTimeFormat(strings.language, { dateStyle: "medium", timeZone: "UTC" });

/**
 * An ISO date as the browser counts time.
 * @param {string} iso
 */
export function day(iso) {
  return new Date(`${iso}T00:00:00Z`);
}

/** @param {{ published: string | null }} source */
export function dated(source) {
  return source.published ? dates.format(day(source.published)) : strings.no_date;
}

/**
 * The days between two, which are ISO dates; one may be open.
 * @param {{ since: string | null, until: string | null }} bounds
 */
export function days({ since, until }) {
  if (since && until) return shortDates.formatRange(day(since), day(until));
  if (since) return fill(strings.days_since, { day: shortDates.format(day(since)) });
  return fill(strings.days_until, { day: shortDates.format(day(/** @type {string} */ (until))) });
}

const ages = new Intl.RelativeTimeFormat(strings.language, { numeric: "auto" });

/**
 * How long ago an ISO date was, in the largest unit of which at least two have passed: "3 months ago".
 * @param {string} iso
 */
export function age(iso) {
  const now = new Date();
  const today = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
  const then = day(iso);
  const [from, to] = then < today ? [then, today] : [today, then];
  const months =
    12 * (to.getUTCFullYear() - from.getUTCFullYear()) +
    to.getUTCMonth() -
    from.getUTCMonth() -
    (to.getUTCDate() < from.getUTCDate() ? 1 : 0);
  const passed = (to.getTime() - from.getTime()) / 86_400_000;
  /** @type {[Intl.RelativeTimeFormatUnit, number][]} */
  const units = [
    ["year", months / 12],
    ["month", months],
    ["week", passed / 7],
  ];
  const [unit, count] = units.find(([, count]) => count >= 2) ?? ["day", passed];
  return ages.format(Math.floor(count) * (then < today ? -1 : 1), unit);
}
