import type { Places } from '../../journeys/exchange/places.ts'
import type { CoverageReport } from './coverage-report.ts'
import type { ScriptCoverageEntry } from './script-report.ts'

/** The file with a script's source, and the line of the file at which the source starts. */
export type ScriptFile = { file: string; line: number }

/** Finds the files of scripts in a project. A source that is one text in JSON has no lines of its own there. */
export function scriptFilesIn(places: Pick<Places, 'script'>): (scriptId: string) => ScriptFile | undefined {
  return (id) => {
    const [first, second] = [places.script(id, 1), places.script(id, 2)]
    return first !== undefined && second?.line === first.line + 1 ? first : undefined
  }
}

/**
 * The coverage of scripts in the format of lcov, which code hosts and editors show. Scripts without a file of their own, such as
 * those inside a journey's export, get the name `scripts/NAME.js`; several with one name are numbered.
 */
export function lcovText(
  { scripts: { scripts } }: CoverageReport,
  fileOf: (scriptId: string) => ScriptFile | undefined,
): string {
  const used = new Map<string, number>()
  return scripts
    .filter(({ problem }) => problem === undefined)
    .map((script) => {
      const own = fileOf(script.id)
      if (own !== undefined) return recordOf(script, own)
      const name = fileName(script.name)
      const number = (used.get(name) ?? 0) + 1
      used.set(name, number)
      return recordOf(script, { file: `scripts/${name}${number === 1 ? '' : `-${number}`}.js`, line: 1 })
    })
    .join('')
}

function recordOf({ lines, branches, totals }: ScriptCoverageEntry, file: ScriptFile): string {
  const offset = file.line - 1
  const ways = branches.flatMap(({ line, hits }, block) =>
    // Without a run, lcov expects a dash: the branch was never reached.
    hits.map(
      (count, way) => `BRDA:${line + offset},${block},${way},${hits.some((n) => n > 0) ? count : '-'}`,
    ),
  )
  const records = [
    'TN:',
    `SF:${file.file}`,
    ...ways,
    `BRF:${totals.branches.total}`,
    `BRH:${totals.branches.covered}`,
    ...lines.map(({ line, hits }) => `DA:${line + offset},${hits}`),
    `LF:${totals.lines.total}`,
    `LH:${totals.lines.covered}`,
    'end_of_record',
  ]
  return `${records.join('\n')}\n`
}

function fileName(name: string): string {
  return name.replaceAll(/[/\\\p{Cc}]/gu, '_')
}
