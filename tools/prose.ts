import { findingsIn } from './prose/patterns.ts'
import { textsOf } from './prose/texts.ts'

// Finds wordings that docs/style.md rejects in comments, documents, UI texts, errors and test names. Arguments limit the
// check to these files and folders.

/** These quote what they reject, such as the name of a table. */
const quoting = ['GLOSSARY.md', 'docs/style.md', 'tools/prose/', 'src/store/migrations/0001-schema/outbox.ts']

const given = process.argv.slice(2)
const findings = textsOf(given.length === 0 ? [''] : given)
  .filter(({ file }) => !quoting.some((prefix) => file.startsWith(prefix)))
  .flatMap(findingsIn)

if (findings.length > 0) {
  const lines = findings.map(
    ({ text: { file, line, text }, words, instead }) =>
      `${file}:${line}: "${words}": ${instead}\n    ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`,
  )
  console.error(`${lines.join('\n')}\n${findings.length} findings`)
  process.exitCode = 1
} else {
  console.log('prose: no findings')
}
