import { counted } from '../base/counted.ts'
import { type Count, percentOf } from '../testing/coverage/outcome-report.ts'
import { type Mutant, mutantKinds, placeOf } from '../testing/mutate/mutant.ts'
import type { MutantResult } from '../testing/mutate/run-mutants.ts'
import { type Score, scoreOf } from '../testing/mutate/score.ts'
import type { Project } from '../testing/project/project.ts'
import { shownPath } from '../testing/project/project.ts'

/** The survivors with what would notice them, and the score. @param of the number of chosen mutants. */
export function mutationText(
  results: readonly MutantResult[],
  project: Project,
  { milliseconds, waiting }: { milliseconds: number; waiting: number },
): string {
  const score = scoreOf(results)
  const { total, journeys, kinds } = score
  return [
    ...results.flatMap((result) =>
      result.verdict === 'survived' ? [survivorText(result, project), ''] : [],
    ),
    ...rows([
      ...journeys.map(({ name, count }) => ({ name, count })),
      ...(kinds.length === 0 ? [] : [undefined]),
      ...kinds.map(({ kind, count }) => ({ name: mutantKinds[kind], count })),
    ]),
    '',
    `${counted(total.total, 'change')}: ${total.covered} noticed (${percentOf(total) ?? 100} %)${othersIn(score, waiting)}  (${(milliseconds / 1000).toFixed(1)} s)`,
  ].join('\n')
}

function othersIn({ refused, endless }: Score, waiting: number): string {
  return [
    endless === 0 ? '' : `, of which ${endless} never ended`,
    refused === 0 ? '' : `, ${refused} more would be refused`,
    waiting === 0 ? '' : `, ${waiting} more were not tried`,
  ].join('')
}

function rows(lines: readonly ({ name: string; count: Count } | undefined)[]): string[] {
  const width = Math.max(0, ...lines.map((line) => line?.name.length ?? 0))
  return lines.map((line) => {
    if (line === undefined) return ''
    const { covered, total } = line.count
    const share = `${covered} of ${total}`.padStart(12)
    return `${line.name.padEnd(width)}${share}${`${percentOf(line.count) ?? 100} %`.padStart(9)}`
  })
}

function survivorText({ mutant, suggestion }: MutantResult, { places }: Project): string {
  const place = placeOf(mutant, places)
  const where = place === undefined ? '' : `${shownPath(place.file)}:${place.line}  `
  const yaml = suggestion?.yaml.trimEnd().split('\n') ?? []
  return [
    `${where}${mutant.journey} › ${mutant.node}: ${sentence(mutant)}`,
    ...(suggestion === undefined ? [] : [`  To notice it, ${suggestion.advice}:`]),
    ...yaml.map((line) => `    ${line}`),
  ].join('\n')
}

function sentence({ kind, change }: Mutant): string {
  return kind === 'unreached' ? change : `nobody would notice that ${change}`
}

/** The results for other tools. */
export function mutationReport(
  results: readonly MutantResult[],
  { places }: Pick<Project, 'places'>,
): object {
  const mutants = results.map(({ mutant, verdict, suggestion }) => {
    const { journey, node, nodeId, kind, change } = mutant
    return { journey, node, nodeId, kind, change, verdict, place: placeOf(mutant, places), suggestion }
  })
  return { v: 1, score: scoreOf(results), mutants }
}
