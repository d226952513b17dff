import { atMost, cpuEach, cpuOf, type Figure } from './figure.ts'
import type { Growth } from './growth.ts'
import { ratiosOf, spreadOf } from './spread.ts'

export function growthFigures({ count, megabytes, steps, polls }: Growth): Figure[] {
  const row = (what: string, { empty, filled }: Growth['steps']): Figure => ({
    id: 'P7',
    what,
    measured: cpuOf(filled),
    compared: `empty: ${cpuOf(empty)}`,
    result: spreadOf(ratiosOf(filled.map(cpuEach), empty.map(cpuEach))),
    unit: '×',
    limit: atMost(1.2, 1.1),
  })
  const many = count.toLocaleString('en')
  const stored = `${many} people and ${many} finished transactions stored, ${(megabytes / 1000).toFixed(1)} GB`
  return [
    row(`P1's step with ${stored}`, steps),
    row("the agent's poll (P4, no script) with the same data", polls),
  ]
}
