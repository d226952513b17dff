/** A finished request for the metrics. All values are from small sets, so that no path or name can become one. */
export type ServedRequest = { route: string; method: string; status: string; seconds: number }

const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])

/** Leading parts of addresses that say nothing about the resource. */
const prefixes = new Set(['', 'am', 'json', '@', 'realms', 'root'])

/** Bounded by the number of routes. */
const classes = new Map<string, string>()

export function servedRequest(
  { method, route }: { method: string; route: string | undefined },
  status: number,
  elapsedMs: number,
): ServedRequest {
  return {
    route: route === undefined ? 'none' : classOf(route),
    method: methods.has(method) ? method : 'other',
    status: `${Math.floor(status / 100)}xx`,
    seconds: elapsedMs / 1000,
  }
}

/** The first part of a route's address that names its resource, such as `authenticate` or `help-desk`. */
function classOf(route: string): string {
  const known = classes.get(route)
  if (known !== undefined) return known
  const parts = route.split('/')
  const named = parts.find((part) => !prefixes.has(part) && !/^[:*]/.test(part)) ?? 'other'
  classes.set(route, named)
  return named
}
