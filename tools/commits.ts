import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { subjectProblem } from './commit-subject.ts'

// Checks the subjects of all commits since `base`. Without that commit, as in a shallow clone or an archive, there is
// nothing to check.

/** Earlier subjects follow another rule. */
const base = '55f50605b372056ad34ae96907d00cc0b94e97d8'

const root = join(import.meta.dirname, '..')
const { status, stdout } = spawnSync('git', ['log', '--no-merges', '--format=%h %s', `${base}..HEAD`], {
  cwd: root,
  encoding: 'utf8',
})

const commits = status === 0 ? stdout.split('\n').filter((line) => line !== '') : []
const problems = commits.flatMap((line) => {
  const [hash, ...words] = line.split(' ')
  const problem = subjectProblem(words.join(' '))
  return problem === undefined ? [] : [`${hash} ${words.join(' ')}\n    ${problem}`]
})

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exitCode = 1
} else {
  console.log(status === 0 ? `commits: ${commits.length} subjects` : 'commits: no history to check')
}
