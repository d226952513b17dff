import { execFileSync, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'

// Runs the tests that import a file changed since the branch left main, or not committed yet. Some dependencies are not
// imports, so the commands for those tests are listed at the end.

/** Files that tests use without importing them, and the command that tests them. */
const unseen: readonly { files: RegExp; command: string }[] = [
  { files: /^web\/sign-in\//, command: 'npx vitest run --project browser sign-in login-widget who-called' },
  { files: /^web\/desk\//, command: 'npx vitest run --project browser desk seed-example' },
  { files: /^web\/console\//, command: 'npx vitest run --project browser console editor designer' },
  { files: /^web\/(api|design|check-model)\//, command: 'npx vitest run --project browser' },
  { files: /^(samples|test\/fixtures)\//, command: 'npx vitest run --project units --project sqlite' },
  { files: /^(docs\/|README|SECURITY)/, command: 'npx vitest run --project sqlite readme words' },
  { files: /^(bin|demo)\//, command: 'npx vitest run --project sqlite operations' },
  { files: /^src\/store\//, command: 'npx vitest run --project sqlite --project postgres' },
  { files: /^src\/sandbox\/(bindings|worker)\//, command: 'npx vitest run sandbox scripts' },
  { files: /^(package-lock|package|tsconfig)/, command: 'npm test' },
]

const git = (...words: string[]) => execFileSync('git', words, { encoding: 'utf8' }).trim()

/** The commit where this branch left main. On main itself: its last commit. */
function startOfBranch(): string {
  for (const main of ['origin/main', 'main']) {
    const { status, stdout } = spawnSync('git', ['merge-base', 'HEAD', main], { encoding: 'utf8' })
    if (status === 0) return stdout.trim()
  }
  return git('rev-parse', 'HEAD')
}

const start = startOfBranch()
const changed = [
  ...git('diff', '--name-only', start).split('\n'),
  ...git('ls-files', '--others', '--exclude-standard').split('\n'),
].filter(Boolean)

const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '..', 'vitest.mjs')
const words = [vitest, 'run', '--changed', start, '--passWithNoTests', ...process.argv.slice(2)]
process.exitCode = spawnSync(process.execPath, words, { stdio: 'inherit' }).status ?? 1

const hints = unseen.flatMap(({ files, command }) => {
  const seen = changed.filter((name) => files.test(name))
  return seen.length === 0 ? [] : [`  ${command}\n    for ${seen.slice(0, 3).join(', ')}${rest(seen.length)}`]
})
if (hints.length > 0)
  console.log(`\nTests use these changed files without importing them. Run:\n${hints.join('\n')}`)

function rest(count: number): string {
  return count > 3 ? ` and ${count - 3} more` : ''
}
