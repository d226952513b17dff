import { parseArgs } from 'node:util'
import type { ImportOptions, Plan } from '../journeys/exchange/plan.ts'
import { readFiles } from '../journeys/exchange/read-files.ts'
import { openTarget } from './open-target.ts'
import { planText } from './plan-text.ts'
import { realmPath, type Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  realm: { type: 'string', default: 'alpha' },
  from: { type: 'string' },
  data: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'with-dependencies': { type: 'boolean', default: false },
  'without-dependencies': { type: 'boolean', default: false },
  existing: { type: 'string', default: 'replace' },
  'skip-unreadable': { type: 'boolean', default: false },
} as const

/**
 * `sidegate import PATH…`: prints the plan, then imports all of it or nothing.
 * @returns whether the import is possible.
 * @throws OperationError with one sentence if no plan could be made.
 */
export async function importCommand(args: string[], terminal: Terminal): Promise<boolean> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  if (positionals.length === 0) throw new UsageError('import needs a file or a folder')
  const chosen: ImportOptions = {
    dependencies: !values['without-dependencies'],
    existing: existingOf(values.existing),
    leavesOutUnreadable: values['skip-unreadable'],
  }
  const realm = realmPath(values.realm)
  const bundle = readFiles(positionals, { realm, from: values.from })
  const target = await openTarget(values, terminal.environment)
  try {
    const plan = await target.preview(bundle, chosen)
    terminal.print(planText(plan, realm))
    if (!plan.isPossible) terminal.warn(whyNot(plan))
    if (!plan.isPossible || values['dry-run']) return plan.isPossible
    const { items } = await target.import(bundle, chosen)
    const isChanged = items.some(({ status }) => status === 'new' || status === 'changed')
    terminal.print(isChanged ? 'Imported.' : 'Nothing to change: the realm already contains all of this.')
    return true
  } finally {
    await target.close()
  }
}

function whyNot({ findings }: Plan): string {
  const conflicts = findings.filter(({ kind }) => kind === 'conflict')
  // A missing realm is about no single thing.
  if (conflicts.some(({ about }) => about === undefined))
    return 'Nothing was imported: name the realm of the files with --from.'
  return conflicts.length > 0
    ? 'Nothing was imported: resolve the conflicts first.'
    : 'Nothing was imported: mend what is unreadable, or leave it out with --skip-unreadable.'
}

function existingOf(value: string): ImportOptions['existing'] {
  if (value === 'replace' || value === 'skip') return value
  throw new UsageError(`--existing must be replace or skip, not '${value}'`)
}
