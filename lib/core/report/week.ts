const DAY_MS = 86_400_000;

/** The ISO 8601 week, such as `2026-W45`, of a UTC time that begins with its date; `unknown` where it does not. */
export function isoWeek(time: string): string {
  const day = Date.parse(`${time.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day)) return "unknown";
  // A week belongs to the year that its Thursday lies in.
  const thursday = new Date(day + (4 - (new Date(day).getUTCDay() || 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}
