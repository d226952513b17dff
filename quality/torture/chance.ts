/** One of several, each as likely as the others. */
export function oneOf<Value>(values: readonly Value[]): Value {
  // There always is one.
  return values[Math.floor(Math.random() * values.length)] as Value
}
