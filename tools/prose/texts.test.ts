import { expect, test } from 'vitest'
import { codeTexts } from './code-texts.ts'
import { markdownTexts } from './markdown-texts.ts'
import { findingsIn } from './patterns.ts'
import type { TextKind } from './text.ts'

const summary = (texts: { kind: TextKind; line: number; text: string }[]) =>
  texts.map(({ kind, line, text }) => [kind, line, text])

test('finds comments, joined over their lines, and sentences in strings', () => {
  const source = `import { a } from './a file of words.ts'
/**
 * A docstring
 * of two lines.
 */
function f() {
  // One comment
  // of two lines.
  const list = [a, 'a name', /* inside */ \`The value \${a} is too large\`]
  // biome-ignore lint/x: no prose
  return list // after code
}
test('rejects a wrong password', () => { /* empty */ })
`
  expect(summary(codeTexts('src/f.ts', source))).toEqual([
    ['comment', 2, 'A docstring of two lines.'],
    ['comment', 7, 'One comment of two lines.'],
    ['comment', 9, 'inside'],
    ['string', 9, 'The value … is too large'],
    ['comment', 11, 'after code'],
    ['comment', 13, 'empty'],
    ['test name', 13, 'rejects a wrong password'],
  ])
})

test('finds only comments, test names and names of rows in tests', () => {
  const source = `
test.each([['a number that is too large', 'never a number']])('rejects %s', () => {
  expect(page).toBe('a text of the page')
})
`
  expect(summary(codeTexts('src/f.test.ts', source))).toEqual([
    ['test name', 2, 'a number that is too large'],
  ])
})

test('finds the texts of JSX elements and attributes', () => {
  const source = `const page = <p title="Ends all sessions at once">Sign out // everywhere</p>`
  expect(summary(codeTexts('web/page.tsx', source))).toEqual([
    ['UI text', 1, 'Ends all sessions at once'],
    ['UI text', 1, 'Sign out // everywhere'],
  ])
})

test('finds headings, paragraphs, items and rows in Markdown, and no code', () => {
  const source =
    '# Title\n\nTwo lines\nof text.\n\n```sh\nnpm ci\n```\n\n* one\n  more\n\n| a | b |\n| --- | --- |\n| c | d |\n'
  expect(summary(markdownTexts('docs/a.md', source))).toEqual([
    ['heading', 1, 'Title'],
    ['doc', 3, 'Two lines of text.'],
    ['doc', 10, 'one more'],
    ['doc', 13, '| a | b |'],
    ['doc', 15, '| c | d |'],
  ])
})

test.each([
  ['comment', 'Whoever has the key can read it.', ['Whoever']],
  ['comment', 'What happened before is told late.', ['What happened', 'is told']],
  ['comment', 'Takes the step back should it fail.', ['should it']],
  ['comment', 'Whom a realm informs.', ['Whom']],
  ['comment', 'An unknown name is nobody.', ['is nobody']],
  ['comment', 'Somebody who is gone comes back.', ['Somebody']],
  ['comment', 'Sent to the person whom the check is about.', []],
  ['test name', 'signs nobody in after a cancelled change', []],
  ['string', 'The caller pressed “Somebody called me”.', []],
  ['string', 'quality/mailed-links.test.ts: sends one email', []],
  ['heading', 'What changes', []],
  ['doc', 'What should it do if the node is missing?', []],
  ['doc', 'The agent calls `nobody` by name.', []],
  ['doc', 'Don’t send any more emails to the agent who cancelled.', []],
] as const)('checks %s "%s"', (kind, text, words) => {
  expect(findingsIn({ kind, file: 'a.md', line: 1, text }).map((finding) => finding.words)).toEqual(words)
})
