/**
 * The library scripts that a script may ask for, with those that they ask for in turn.
 *
 * Only these cross into the worker. A name counts when its text stands in the source; a `require` of
 * anything but a literal makes all of them count.
 */
export function requiredLibraries(
  source: string,
  libraries: Readonly<Record<string, string>>,
): Record<string, string> {
  const required: Record<string, string> = {}
  const sources = [source]
  for (let next = sources.pop(); next !== undefined; next = sources.pop()) {
    if (!next.includes('require')) continue
    const asksForAny = /\brequire\b(?!\s*\(\s*["'])/.test(next)
    for (const [name, library] of Object.entries(libraries)) {
      if (Object.hasOwn(required, name) || !(asksForAny || next.includes(name))) continue
      required[name] = library
      sources.push(library)
    }
  }
  return required
}
