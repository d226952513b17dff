/** `00` to `23`. */
export const hoursOfDay: readonly string[] = Array.from({ length: 24 }, (_, hour) => padded(hour))

/** Days and hours of a time zone. */
export type CalendarZone = {
  /** Such as `2026-01-31`. */
  dayOf(at: number): string
  /** Such as `08`. */
  hourOf(at: number): string
  /** All days with a moment from `from` until before `to`. */
  daysBetween(from: number, to: number): string[]
}

/** All zones change their offset at a full quarter of an hour. */
const slotMs = 15 * 60_000

/** Shorter than every day, so that no day is skipped. */
const stepMs = 12 * 3_600_000

/**
 * @param zone an IANA name, such as `Europe/Berlin`.
 * @returns undefined if the name is unknown.
 */
export function calendarOf(zone: string): CalendarZone | undefined {
  const format = formatIn(zone)
  if (format === undefined) return undefined
  // Formatting a time costs as much as reading a row, and many checks start in the same quarter of an hour.
  const known = new Map<number, { day: string; hour: string }>()
  const placeOf = (at: number) => {
    const slot = Math.floor(at / slotMs)
    const found = known.get(slot) ?? placeIn(format, at)
    known.set(slot, found)
    return found
  }
  return {
    dayOf: (at) => placeOf(at).day,
    hourOf: (at) => placeOf(at).hour,
    daysBetween(from, to) {
      const days = new Set<string>()
      for (let at = from; at < to; at += stepMs) days.add(placeOf(at).day)
      if (to > from) days.add(placeOf(to - 1).day)
      return [...days]
    },
  }
}

function formatIn(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    })
  } catch {
    return undefined
  }
}

function placeIn(format: Intl.DateTimeFormat, at: number): { day: string; hour: string } {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: part('hour') }
}

function padded(hour: number): string {
  return String(hour).padStart(2, '0')
}
