/** Data for the page. Not visible. */
export function Metadata() {
  return null
}
