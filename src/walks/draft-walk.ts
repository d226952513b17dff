/** A walk in the form of walk files. */
export type DraftWalk = Record<string, unknown> & { it: string }

/** Equal answers one after the other become one with `times`. */
export function repeated(steps: readonly object[]): Record<string, unknown>[] {
  const merged: { step: object; times: number }[] = []
  for (const step of steps) {
    const last = merged.at(-1)
    const isSame =
      last !== undefined && 'answer' in step && JSON.stringify(last.step) === JSON.stringify(step)
    if (isSame) last.times++
    else merged.push({ step, times: 1 })
  }
  return merged.map(({ step, times }) => (times === 1 ? { ...step } : { ...step, times }))
}

/** Equal labels one after the other become one. */
export function collapsed(labels: readonly string[]): string[] {
  const groups: { label: string; times: number }[] = []
  for (const label of labels) {
    const last = groups.at(-1)
    if (last?.label === label) last.times++
    else groups.push({ label, times: 1 })
  }
  return groups.map(({ label, times }) => (times === 1 ? label : `${label} ${times} times`))
}
