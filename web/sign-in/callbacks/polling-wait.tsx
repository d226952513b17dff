/** Renders nothing: the page shows the message as its heading or below it. */
export function PollingWait() {
  return null
}
