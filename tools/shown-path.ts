/** These know no realm. */
const global = /^(global-config|node-designer|health|metrics)\//

/** The path of a route as the reference pages have it. */
export function shownPath(path: string): string {
  const full = path.startsWith('/') ? path : `/am/json${global.test(path) ? '' : '{realm}'}/${path}`
  return full.replace(/:(\w+)/g, '{$1}')
}
