import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Text, TextKind } from './prose/text.ts'
import { textsOf } from './prose/texts.ts'

// Prints texts drawn at random, to be read for their English: `npm run prose:sample -- --comments 100 --seed 1`.

const count = { type: 'string', default: '0' } as const
const { values } = parseArgs({
  options: {
    comments: count,
    ui: count,
    docs: count,
    tests: count,
    seed: { type: 'string', default: '1' },
    in: { type: 'string', default: '' },
  },
})

const kinds: readonly [wanted: string, kind: TextKind][] = [
  [values.comments, 'comment'],
  [values.ui, 'UI text'],
  [values.docs, 'doc'],
  [values.tests, 'test name'],
]

/** The order of the sample: it depends on seed and text alone, so a sample stays similar while other texts change. */
function rank({ file, text }: Text): string {
  return createHash('sha256').update(`${values.seed}\n${file}\n${text}`).digest('hex')
}

if (kinds.every(([number]) => Number(number) === 0)) {
  console.error(
    'Usage: npm run prose:sample -- [--comments N] [--ui N] [--docs N] [--tests N] [--seed S] [--in FOLDER]',
  )
  process.exit(2)
}
const texts = textsOf([values.in])
for (const [number, kind] of kinds) {
  const drawn = texts
    .filter((text) => text.kind === kind)
    .map((text) => ({ text, rank: rank(text) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, Number(number))
  for (const [index, { text }] of drawn.entries()) {
    console.log(`${kind} ${index + 1}  ${text.file}:${text.line}\n    ${text.text}\n`)
  }
}
