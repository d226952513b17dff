import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { differencesOf } from '../journeys/compare/differences.ts'
import { differencesText } from '../journeys/compare/differences-text.ts'
import { toWrite } from '../journeys/compare/to-write.ts'
import { withoutKept } from '../journeys/exchange/kept-documents.ts'
import { EditedFiles } from '../journeys/pull/edited-files.ts'
import { pull } from '../journeys/pull/pull.ts'
import { namesOf } from './apply-command.ts'
import { openTarget } from './open-target.ts'
import { chosenJourneys, problemsOf, readingSide } from './sides.ts'
import { realmPath, type Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  realm: { type: 'string', default: 'alpha' },
  from: { type: 'string' },
  data: { type: 'string' },
  journey: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean', default: false },
} as const

/**
 * `sidegate pull [FOLDER]`: writes what differs on the server into the files of a folder, in the form that they have.
 * @returns the exit status: 0 if the folder has everything of the server, 2 if nothing was written.
 * @throws UsageError if a side can't be read, or the files have no place for a thing.
 */
export async function pullCommand(args: string[], terminal: Terminal): Promise<0 | 2> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const [folder = '.', ...more] = positionals
  if (more.length > 0) throw new UsageError('pull needs one folder')
  const { files, before, after } = await readingSide(async () => {
    const files = new EditedFiles(folder, { realm: realmPath(values.realm), from: values.from })
    const target = await openTarget(values, terminal.environment)
    try {
      return { files, before: files.bundle(), after: withoutKept(await target.exportAll()) }
    } finally {
      await target.close()
    }
  })
  const problems = [...problemsOf(folder, before), ...problemsOf('The server', after)]
  for (const line of problems) terminal.warn(line)
  if (problems.length > 0) return 2
  const sides = chosenJourneys(values.journey ?? [], { before, after })
  const comparison = differencesOf(sides.before, sides.after)
  const work = toWrite(comparison, sides.before, sides.after)
  if (work.differences.length > 0) {
    await readingSide(() => pull(files, work, after))
    terminal.print(differencesText({ differences: work.differences, unknown: [] }))
    const written = values['dry-run'] ? [] : files.save()
    terminal.print(written.join('\n') || 'Nothing was written: this was a dry run.')
  } else
    terminal.print(
      `${relative(process.cwd(), folder) || '.'} has everything of realm ${realmPath(values.realm)} already.`,
    )
  if (work.stays.length > 0) terminal.print(`Only in the files, and left alone: ${namesOf(work.stays)}`)
  return 0
}
