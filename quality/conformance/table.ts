import type { Result } from './play.ts'

const kinds = ['PASSED', 'WARNING', 'REVIEW', 'SKIPPED', 'FAILED'] as const

export const head = ['plan', ...kinds.map((kind) => kind.toLowerCase())]

/** Counts the modules of a plan by result. Modules that didn't end have failed. */
export function row(plan: string, results: readonly Pick<Result, 'result'>[]): string[] {
  const known = results.map(({ result }) => kinds.find((kind) => kind === result) ?? 'FAILED')
  return [plan, ...kinds.map((kind) => String(known.filter((each) => each === kind).length))]
}

/** A line for the module, and one for each remark of the suite. */
export function lines({ module, result, remarks }: Result): string {
  return [`${result} ${module}`, ...remarks.map((remark) => `    ${remark}`)].join('\n')
}
