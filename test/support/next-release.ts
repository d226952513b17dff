import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'

// Loaded into a server only with `node --import`: turns its sources into those of the next release, which adds columns to the
// busiest tables and a table, and writes them.
const sources = join(import.meta.dirname, '..', '..', 'src')
const release = Number(
  /const dataRelease = (\d+)/.exec(readFileSync(join(sources, 'store/migrations/migrate.ts'), 'utf8'))?.[1],
)

/** The last migration of the next release. */
const nextMigration = `9999-next.after-${release}`

const migration = `'${nextMigration}': {
    async up(db) {
      const { execute } = await import('./execute.ts')
      await execute(db, 'create table next_marks (mark text)')
      for (const table of ['sessions', 'journey_sessions', 'identities', 'transactions', 'oauth_records', 'audit_waiting'])
        await execute(db, 'alter table ' + table + ' add column next_mark text')
    },
  },`

/** What the next release changes: the file, its text, and the text instead of it. */
const changes: readonly { file: string; from: string; to: string }[] = [
  {
    file: 'store/migrations/migrate.ts',
    from: `const dataRelease = ${release}`,
    to: `const dataRelease = ${release + 1}`,
  },
  {
    file: 'store/migrations/migrate.ts',
    from: '\n}\n\n/**\n * Counts',
    to: `\n  ${migration}\n}\n\n/**\n * Counts`,
  },
  {
    file: 'store/step-statements.ts',
    from: '.set({ ...columns, step: nextStep',
    to: ".set({ ...columns, nextMark: 'next', step: nextStep",
  },
  {
    file: 'store/audit-statements.ts',
    from: "'isOpen', 'savedAt']",
    to: "'isOpen', 'savedAt', 'nextMark']",
  },
  {
    file: 'store/audit.ts',
    from: '.map(waiting.columnsOf)',
    to: ".map((entry) => ({ ...waiting.columnsOf(entry), nextMark: 'next' }))",
  },
  {
    file: 'runtime/saved-run.ts',
    from: 'JSON.stringify(run)',
    to: "JSON.stringify({ ...run, next: 'next' })",
  },
]

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    const here = changes.filter(({ file }) => url.endsWith(`/src/${file}`))
    if (here.length === 0) return loaded
    const source = here.reduce((text, { from, to }) => {
      const changed = text.replaceAll(from, to)
      if (changed === text) throw new Error(`${url} has no ${from} to change`)
      return changed
    }, String(loaded.source))
    return { ...loaded, source }
  },
})
