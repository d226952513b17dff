/** Scripts run more often than they change. */
const maxRemembered = 100

/** A function of a source that keeps its last results. */
export function remembered<Value>(resultOf: (source: string) => Value): (source: string) => Value {
  const results = new Map<string, { value: Value }>()
  return (source) => {
    const known = results.get(source)
    if (known !== undefined) return known.value
    const value = resultOf(source)
    const [oldest] = results.size < maxRemembered ? [] : results.keys()
    if (oldest !== undefined) results.delete(oldest)
    results.set(source, { value })
    return value
  }
}
