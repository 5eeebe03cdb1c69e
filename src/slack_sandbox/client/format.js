// Times as the acting person reads them: in their own zone, by the workspace's clock. And sizes.

import { now, state } from "./store.js";

const locale = navigator.language?.startsWith("en") ? navigator.language : "en-GB";
const formats = new Map();

function format(options, zone = zoneName()) {
  const key = JSON.stringify([options, zone]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }));
  return formats.get(key);
}

/** The acting person's zone, or the browser's when theirs is unknown here. */
export function zoneName() {
  const zone = state.me?.tz;
  try {
    if (zone && new Intl.DateTimeFormat("en", { timeZone: zone })) return zone;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const dateOf = (ts) => new Date(Number(ts) * 1000);

export function clock(ts) {
  return format({ hour: "numeric", minute: "2-digit" }).format(dateOf(ts));
}

/** Only digits, for the narrow gutter beside grouped messages. */
export function shortClock(ts) {
  return clock(ts).replace(/\s?[ap]\.?m\.?$/i, "");
}

export function moment(ts) {
  return format({
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(dateOf(ts));
}

/** A key that is equal for all times of one day. */
export function dayKey(ts) {
  return format({ year: "numeric", month: "2-digit", day: "2-digit" }).format(dateOf(ts));
}

export function dayName(ts) {
  const near = nearDay(ts);
  if (near) return near;
  const sameYear =
    format({ year: "numeric" }).format(dateOf(ts)) === format({ year: "numeric" }).format(dateOf(now()));
  return format({
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(dateOf(ts));
}

function nearDay(ts) {
  const key = dayKey(ts);
  if (key === dayKey(now())) return "Today";
  if (key === dayKey(now() - 86400)) return "Yesterday";
  if (key === dayKey(now() + 86400)) return "Tomorrow";
  return null;
}

export function shortDay(ts) {
  return nearDay(ts) ?? format({ day: "numeric", month: "short", year: "numeric" }).format(dateOf(ts));
}

/** "5 minutes ago", "in 2 days". */
export function relative(ts) {
  const seconds = Number(ts) - now();
  const steps = [
    ["year", 31536000],
    ["month", 2592000],
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ];
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size)
      return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(
        Math.round(seconds / size),
        unit,
      );
  }
  return seconds > 5 ? "in less than a minute" : "just now";
}

/** Someone else's wall clock, for the profile card. */
export function clockIn(zone) {
  try {
    return format({ weekday: "short", hour: "numeric", minute: "2-digit" }, zone).format(dateOf(now()));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const TOKENS = {
  date_num: (ts) => format({ year: "numeric", month: "2-digit", day: "2-digit" }).format(dateOf(ts)),
  date: (ts) => format({ day: "numeric", month: "long", year: "numeric" }).format(dateOf(ts)),
  date_short: (ts) => format({ day: "numeric", month: "short", year: "numeric" }).format(dateOf(ts)),
  date_long: (ts) =>
    format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(dateOf(ts)),
  time: clock,
  time_secs: (ts) => format({ hour: "numeric", minute: "2-digit", second: "2-digit" }).format(dateOf(ts)),
  ago: relative,
};

/** Slack's date token: `{date_short_pretty} at {time}` for a unix time; null when the time is not one. */
export function dateTokens(unix, pattern) {
  const ts = Number(unix);
  if (!Number.isFinite(ts) || Number.isNaN(dateOf(ts).getTime())) return null;
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => {
    const plain = token.replace(/_pretty$/, "");
    if (plain !== token && nearDay(ts)) return nearDay(ts).toLowerCase();
    return TOKENS[plain] ? TOKENS[plain](ts) : whole;
  });
}

/** Unix seconds to the value of a datetime-local input, in the acting person's zone. */
export function toLocalInput(unix) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-CA", {
      timeZone: zoneName(),
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    })
      .formatToParts(dateOf(unix))
      .map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The reverse of toLocalInput. Two rounds settle the zone's offset around a clock change. */
export function fromLocalInput(text) {
  const asUtc = (value) => Date.parse(`${value}:00Z`) / 1000;
  const wanted = asUtc(text);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) guess += wanted - asUtc(toLocalInput(guess));
  return guess;
}

/** "312 bytes", "40 KB", "1.5 MB". */
export function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
