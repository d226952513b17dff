/** A random element. */
export function oneOf<Value>(values: readonly Value[]): Value {
  // Lists are never empty.
  return values[Math.floor(Math.random() * values.length)] as Value
}
