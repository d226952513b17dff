import { expect, test } from 'vitest'
import { KnownWords } from './known-words.ts'
import { withoutSubjects, wordsOfDifferences } from './without-subjects.ts'

const words = new KnownWords()
words.add(['Your code now', wordsOfDifferences])
const yaml = `mail: [{ to: a1@b.c, subject: ${JSON.stringify('Your "QWERTZ" now')} }]`

test.each([
  ['one to a1@b.c "Your "QWERTZ" now"', 'one to a1@b.c "Your "••••••" now"'],
  ['to a1@b.c, d@e.f "QWERTZ"; to a1@b.c "Your "', 'to a1@b.c, d@e.f "••••••"; to a1@b.c "Your "'],
  [yaml, 'mail: [{ to: a1@b.c, subject: "Your \\"••••••\\" now" }]'],
  ['one to a1@b.c "Your QWERTZ…', 'one to a1@b.c "Your ••••••…'],
  ['one to a"@b.c "QWERTZ"', 'one to •••••• "••••••"'],
  ['none', 'none'],
])('shows of %j only addresses and known words', (text, expected) => {
  expect(withoutSubjects(text, ['a1@b.c', 'd@e.f', ''], words)).toBe(expected)
})
