const exactFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** Date and time with seconds. @param time ISO 8601 or epoch milliseconds. */
export function exactTime(time: string | number): string {
  return exactFormat.format(new Date(time))
}

/** Time of day, with the date unless it is today. @param time ISO 8601 or epoch milliseconds. */
export function formatTime(time: string | number): string {
  const at = new Date(time)
  const isToday = at.toDateString() === new Date().toDateString()
  return at.toLocaleString(
    undefined,
    isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  )
}
