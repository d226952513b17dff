/** A page that comes back by itself: its message is the heading, or stands below the journey's own. */
export function PollingWait() {
  return null
}
