import { cpuEach, cpuOf, type Figure } from './figures.ts'
import type { Growth } from './growth.ts'
import { medianRatio } from './load.ts'

export function growthFigures({ count, megabytes, steps, polls }: Growth): Figure[] {
  const row = (what: string, { empty, filled }: Growth['steps']): Figure => ({
    id: 'P7',
    what,
    measured: `${cpuOf(filled)} CPU`,
    compared: `empty: ${cpuOf(empty)} CPU`,
    value: medianRatio(filled.map(cpuEach), empty.map(cpuEach)),
    unit: '×',
  })
  const many = count.toLocaleString('en')
  const stored = `${many} people and ${many} finished transactions stored, ${(megabytes / 1000).toFixed(1)} GB`
  return [
    { ...row(`P1's step with ${stored}`, steps), limit: { kind: 'most', value: 1.2 } },
    row("the agent's poll (P4, no script) with the same data", polls),
  ]
}
