/**
 * The library scripts that a script may require, directly or through other libraries. Only these are sent to the worker.
 *
 * A library counts if its name appears in the source. A `require` without a literal makes all libraries count.
 */
export function requiredLibraries(
  source: string,
  libraries: Readonly<Record<string, string>>,
): Record<string, string> {
  const required: Record<string, string> = {}
  const sources = [source]
  for (let next = sources.pop(); next !== undefined; next = sources.pop()) {
    if (!next.includes('require')) continue
    const requiresAny = /\brequire\b(?!\s*\(\s*["'])/.test(next)
    for (const [name, library] of Object.entries(libraries)) {
      if (Object.hasOwn(required, name) || !(requiresAny || next.includes(name))) continue
      required[name] = library
      sources.push(library)
    }
  }
  return required
}
