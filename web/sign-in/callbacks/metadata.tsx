/** Data for who draws the page: nothing to see. */
export function Metadata() {
  return null
}
