import { findingsIn } from './prose/patterns.ts'
import { textsOf } from './prose/texts.ts'

// Looks for wordings that docs/style.md rejects in comments, documents, UI texts, errors and test names. With arguments,
// in these files and folders alone.

/** Folders and files that are still being rewritten. Their findings are counted, but don't fail. */
const unfinished = [
  'docs/access.md',
  'docs/nodes',
  'docs/rest.md',
  'quality/rules/',
  'src/cli/',
  'src/engine/',
  'src/help-desk/',
  'src/http/',
  'src/journeys/',
  'src/nodes/',
  'src/people/',
  'src/realms/',
  'src/runtime/',
  'src/sandbox/',
  'web/',
]

/** These quote what they reject. */
const quoting = ['GLOSSARY.md', 'docs/style.md', 'tools/prose/']

const given = process.argv.slice(2)
const findings = textsOf(given.length === 0 ? [''] : given)
  .filter(({ file }) => !quoting.some((prefix) => file.startsWith(prefix)))
  .flatMap(findingsIn)
const isFinished = (file: string) => given.length > 0 || !unfinished.some((prefix) => file.startsWith(prefix))
const failing = findings.filter(({ text }) => isFinished(text.file))

if (failing.length > 0) {
  const lines = failing.map(
    ({ text: { file, line, text }, words, instead }) =>
      `${file}:${line}: "${words}": ${instead}\n    ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`,
  )
  console.error(`${lines.join('\n')}\n${failing.length} findings`)
  process.exitCode = 1
} else {
  console.log(`prose: no findings; ${findings.length} in the folders that are being rewritten`)
}
