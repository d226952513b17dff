/** A value that is there already or will come. */
export type Awaitable<Value> = Value | Promise<Value>

/**
 * Work that runs synchronously and yields a promise only where it has to wait. A step that waits for nothing but its commit
 * makes no other promise. Work calls other work with `yield*`, as async code calls async code with `await`.
 */
export type Work<Value> = Generator<Promise<unknown>, Value, unknown>

/** Runs work until it ends or has to wait. @returns a promise only if it has to wait. @throws what the work throws. */
export function runWork<Value>(work: Work<Value>): Awaitable<Value> {
  const { done, value } = work.next()
  return done === true ? value : waitAndContinue(work, value)
}

async function waitAndContinue<Value>(work: Work<Value>, first: Promise<unknown>): Promise<Value> {
  for (let waiting = first; ; ) {
    const next = await settled(work, waiting)
    if (next.done === true) return next.value
    waiting = next.value
  }
}

function settled<Value>(work: Work<Value>, waiting: Promise<unknown>) {
  return waiting.then(
    (value) => work.next(value),
    (error) => work.throw(error),
  )
}

/** Continues with the value, immediately unless it is a promise. @throws the reason of a rejected promise. */
export function* waitFor<Value>(value: Awaitable<Value>): Work<Value> {
  // `runWork` passes on the value of the promise that it gets.
  return value instanceof Promise ? ((yield value) as Value) : value
}

/** Applies a function to a value, immediately unless it is a promise. */
export function andThen<Value, Result>(
  value: Awaitable<Value>,
  next: (value: Value) => Awaitable<Result>,
): Awaitable<Result> {
  return value instanceof Promise ? value.then(next) : next(value)
}
